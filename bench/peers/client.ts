/**
 * A program that adds jobs to a system, or takes them: `client.ts <driver> <address> producer|worker`. It is told over its
 * channel what to do. Ids of jobs whose pickup is measured hold the time at which they were added, by the machine's
 * steady clock, which all processes read alike.
 */

import { repeat } from '../measure.ts'
import type { Driver } from './driver.ts'

export interface ToProducer {
  /** Add this many, so many at once. */
  times: number
  width: number
}

export interface ToWorker {
  /** Answer when this many have ended since the last answer. */
  wanted: number
}

export interface FromWorker {
  /** From the first pickup to the last end. */
  perSecond: number
  /** Milliseconds from the call that adds a job to its pickup, of those that tell. */
  pickups: number[]
}

let counter = 0
const [file = '', address = '', role = ''] = process.argv.slice(2)
process.once('disconnect', () => process.exit())
const driver = (await import(new URL(file, import.meta.url).href)) as Driver
const close = role === 'producer' ? await produce() : await work()
process.once('SIGTERM', async () => {
  await close()
  process.exit()
})
process.send?.('ready')

async function produce(): Promise<() => Promise<void>> {
  const producer = await driver.createProducer(address)
  process.on('message', async ({ times, width }: ToProducer) => {
    // A single one is for its pickup.
    const idOf = times === 1 ? () => `at-${process.hrtime.bigint()}` : () => `job-${process.pid}-${counter++}`
    process.send?.(await repeat(() => producer.add(idOf()), times, width))
  })
  return () => producer.close()
}

async function work(): Promise<() => Promise<void>> {
  let done = 0
  let firstAt: number | undefined
  let pickups: number[] = []
  let wanted = Number.POSITIVE_INFINITY
  function onStart(id: string): void {
    firstAt ??= performance.now()
    const addedAt = /^at-(\d+)$/.exec(id)?.[1]
    if (addedAt !== undefined) pickups.push(Number(process.hrtime.bigint() - BigInt(addedAt)) / 1e6)
  }
  function tellWhenDone(): void {
    if (done < wanted || firstAt === undefined) return
    const perSecond = (done * 1_000) / (performance.now() - firstAt)
    process.send?.({ perSecond, pickups } satisfies FromWorker)
    ;[done, firstAt, pickups, wanted] = [0, undefined, [], Number.POSITIVE_INFINITY]
  }
  process.on('message', (message: ToWorker) => {
    wanted = message.wanted
    tellWhenDone()
  })
  const worker = await driver.createWorker(address, onStart, () => {
    done += 1
    tellWhenDone()
  })
  return () => worker.close()
}
