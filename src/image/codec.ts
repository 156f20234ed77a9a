import sharp from 'sharp'

// Workers run one a core, so libvips must neither spawn threads of its own nor keep decoded pictures.
sharp.concurrency(1)
sharp.cache(false)
// libvips reads dozens of formats, SVG and PDF among them; only these three may touch what strangers send.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] })

/** sharp, configured for hostile input. The one place that imports it. */
export default sharp
