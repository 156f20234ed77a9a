/** Limits on what a client may send. Pictures have limits of their own in pixels, chip files in structure. */
export const MAX_PICTURE_BYTES = 16 * 1024 * 1024
export const MAX_CHIP_FILE_BYTES = 4 * 1024 * 1024
export const MAX_REQUEST_JSON_BYTES = 64 * 1024
export const MAX_FRAMES = 120
export const MAX_MRZ_FRAMES = 16
export const MAX_PARTS = 150
export const MAX_BODY_BYTES = 64 * 1024 * 1024

/** How much evidence may be in memory at once, in all requests together. */
export const MAX_HELD_BYTES = 1024 * 1024 * 1024

/** How long a client may take to send its request, in ms. */
export const MAX_UPLOAD_MS = 20_000

/** The time a request has when it does not say, and the longest that it may ask for, in ms. */
export const DEFAULT_DEADLINE_MS = 10_000
export const MAX_DEADLINE_MS = 120_000

/** How long requests under way may still take when the service is to end, in ms. */
export const MAX_DRAIN_MS = 30_000
