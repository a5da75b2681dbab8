/** A file of an archive or a folder. */

export interface ExportedFile<Body = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>> {
  /** A relative path with `/`, without `..`. */
  name: string
  /** In one piece, or a stream for large files. */
  body: Body
}
