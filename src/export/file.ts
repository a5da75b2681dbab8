/** What archives and folders are made of. */

export interface ExportedFile {
  /** Relative, with `/`; never `..` and never absolute. */
  name: string
  /** Whole or, of large files, in pieces. */
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>
}
