/** A file of an archive or a folder. */

export interface ExportedFile {
  /** A relative path with `/`, without `..`. */
  name: string
  body: Uint8Array<ArrayBuffer>
}
