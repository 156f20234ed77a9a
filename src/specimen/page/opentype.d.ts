/** The part of opentype.js that is used here; the package brings no types. */
declare module 'opentype.js' {
  export interface PathCommand {
    readonly type: 'M' | 'L' | 'Q' | 'C' | 'Z'
    readonly x: number
    readonly y: number
    readonly x1: number
    readonly y1: number
    readonly x2: number
    readonly y2: number
  }

  export interface Font {
    readonly unitsPerEm: number
    charToGlyph(character: string): {
      readonly advanceWidth: number
      getPath(x: number, y: number, size: number): { readonly commands: readonly PathCommand[] }
    }
  }

  const opentype: { parse(buffer: ArrayBuffer): Font }
  export default opentype
}
