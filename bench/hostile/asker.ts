/**
 * Asks a server for one page again and again, in a process of its own, so that what else the bench does delays nothing.
 * A message with an address begins it; the next one ends it and is answered with the times.
 */

import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '../measure.ts'

export interface Asked {
  requests: number
  errors: number
  /** Milliseconds. */
  p50: number
  p99: number
}

const EVERY_MS = 10

process.once('disconnect', () => process.exit())
process.once('message', async (url: string) => {
  const times: number[] = []
  let errors = 0
  let isOver = false
  process.once('message', () => {
    isOver = true
  })
  while (!isOver) {
    const begin = performance.now()
    const isGood = await fetch(url)
      .then(async (response) => (await response.text()) !== '' && response.ok)
      .catch(() => false)
    if (isGood) times.push(performance.now() - begin)
    else errors += 1
    await pause(EVERY_MS)
  }
  const asked: Asked = { requests: times.length, errors, p50: percentile(times, 50), p99: percentile(times, 99) }
  process.send?.(asked, () => process.exit())
})
