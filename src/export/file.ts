/** What archives and folders are made of. */

export interface ExportedFile<Body = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>> {
  /** Relative, with `/`; never `..` and never absolute. */
  name: string
  /** Whole or, of large files, in pieces. */
  body: Body
}
