/** A file of an archive or a folder. */

export interface ExportedFile<Body = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>> {
  /** A relative path with `/`, without `..`. */
  name: string
  /** Whole or, of large files, in pieces. */
  body: Body
}
