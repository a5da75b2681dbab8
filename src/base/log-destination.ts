/**
 * Standard error as the log's destination. It may be a file on a full disk, or a terminal that has closed;
 * neither ends the program or takes its memory.
 */

import pino, { type DestinationStream } from 'pino'

/** Lines that wait to be written, in bytes; further lines are dropped. */
const MAX_WAITING_BYTES = 262_144

/**
 * Standard error. While it cannot be written, the first lines wait and the rest are dropped; the next line after that writes
 * those that wait.
 *
 * @param onRecovered - Called with the number of dropped lines, when lines can be written again.
 */
export function openStandardError(onRecovered: (dropped: number) => void): DestinationStream {
  let dropped = 0
  let isStuck = false
  const stream = pino.destination({ dest: 2, sync: true, maxLength: MAX_WAITING_BYTES })
  // What could not be written stays in the stream.
  stream.on('error', () => {
    isStuck = true
  })
  stream.on('write', (bytes: number) => {
    if (bytes > 0) isStuck = false
  })
  stream.on('drop', () => {
    if (dropped++ > 0) return
    stream.once('drain', () => {
      const lines = dropped
      dropped = 0
      onRecovered(lines)
    })
  })
  return {
    write(line) {
      // The stream drops a line for which it has no room without another attempt to make room.
      if (isStuck) stream.write('')
      stream.write(line)
    },
  }
}
