/** A text as gzip, with what is to be known of it uncompressed: for texts of which many are held at once. */

import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'

/** Of 9: for a tenth more bytes twice as fast as the default, 6. */
export const GZIP_LEVEL = 4

/** Plain data: it crosses threads. */
export interface PackedFields {
  gzip: Uint8Array
  /** Uncompressed, in UTF-8. */
  bytes: number
  /** Of the uncompressed bytes, lower-case hex. */
  sha256: string
}

export class PackedText implements PackedFields {
  readonly gzip: Uint8Array
  readonly bytes: number
  readonly sha256: string

  constructor({ gzip, bytes, sha256 }: PackedFields) {
    this.gzip = gzip
    this.bytes = bytes
    this.sha256 = sha256
  }

  static of(text: string): PackedText {
    const plain = Buffer.from(text)
    const sha256 = createHash('sha256').update(plain).digest('hex')
    return new PackedText({ gzip: gzipSync(plain, { level: GZIP_LEVEL }), bytes: plain.length, sha256 })
  }

  toString(): string {
    return gunzipSync(this.gzip).toString()
  }
}
