/** What archives and folders are made of. */

export interface ExportedFile {
  /** Relative, with `/`; never `..` and never absolute. */
  name: string
  body: Uint8Array<ArrayBuffer>
}
