/** The real clock. */

import { setTimeout } from 'node:timers/promises'
import { Aborted } from '#base/errors.ts'
import type { Time } from './turns.ts'

export const TIME: Time = {
  now: Date.now,
  async sleep(ms, signal) {
    try {
      await setTimeout(ms, undefined, { signal })
    } catch (error) {
      throw new Aborted('Aborted while waiting to retry', { cause: error })
    }
  },
}
