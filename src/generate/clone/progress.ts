/** The progress of a transfer, as a percentage and in words. Pure. */

import type { TransferProgress } from './nodegit.ts'

/** Share of the progress for receiving, in percent; resolving deltas is the rest. */
const RECEIVING = 80

/** The progress from 0 to 100. */
export function percentOf(progress: TransferProgress): number {
  const received = share(progress.receivedObjects(), progress.totalObjects())
  const isReceived = received === 1
  const indexed = isReceived ? share(progress.indexedDeltas(), progress.totalDeltas()) : 0
  return Math.floor(received * RECEIVING + indexed * (100 - RECEIVING))
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.min(1, part / whole))

/** The progress in words: `receiving 1,234 of 5,678 objects, 3.4 MB`. */
export function describe(progress: TransferProgress): string {
  const total = progress.totalObjects()
  const received = progress.receivedObjects()
  if (total > 0 && received === total && progress.totalDeltas() > 0) {
    return `resolving ${grouped(progress.indexedDeltas())} of ${grouped(progress.totalDeltas())} deltas`
  }
  const megabytes = (progress.receivedBytes() / 1_000_000).toFixed(1)
  return `receiving ${grouped(received)} of ${grouped(total)} objects, ${megabytes} MB`
}

const grouped = (count: number): string => count.toLocaleString('en-US')
