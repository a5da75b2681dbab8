/** Streams part of a file at the pace of its reader. */

import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

const CHUNK_BYTES = 131_072

/**
 * The file is opened when the first bytes are requested. The stream fails if the file does not exist or ends before `to`.
 *
 * @param from - Offset of the first byte.
 * @param to - Offset after the last byte.
 */
export function streamFile(file: string, from: number, to: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let handle: FileHandle | undefined
  let at = from
  const close = async (): Promise<void> => {
    const open = handle
    handle = undefined
    await open?.close()
  }
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          if (at < to) {
            handle ??= await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
            const buffer = new Uint8Array(Math.min(CHUNK_BYTES, to - at))
            const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
            if (bytesRead === 0) throw new Error('The file has become shorter.')
            at += bytesRead
            controller.enqueue(buffer.subarray(0, bytesRead))
          }
          if (at < to) return
          await close()
          controller.close()
        } catch (error) {
          await close()
          throw error
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  )
}
