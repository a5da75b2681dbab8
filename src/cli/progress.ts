/**
 * Progress of a job at the terminal: one bar that moves where output is a terminal; elsewhere a line for each stage, and now
 * and then one within it.
 */

import { plainLine } from '#base/control-signs.ts'
import { isAtTerminal, leaveLine, redraw, warn } from './terminal.ts'

const WIDTH = 24
/** A stage that takes longer says how far it is. */
const LINE_EACH_MS = 5_000

export interface ProgressView {
  show(progress: { stage: string | null; percent: number; text: string }): void
  /** Leave the line of the bar. */
  end(): void
}

export function createProgressView(): ProgressView {
  return isAtTerminal() ? createBar() : createLines()
}

function createBar(): ProgressView {
  let drawn = false
  return {
    show({ percent, text }) {
      const filled = Math.round((percent / 100) * WIDTH)
      const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`
      redraw(`${bar} ${String(percent).padStart(3)} %  ${text}`)
      drawn = true
    },
    end() {
      if (drawn) leaveLine()
      drawn = false
    },
  }
}

function createLines(): ProgressView {
  let last: string | null = ''
  let saidAt = 0
  return {
    show({ stage, percent, text }) {
      if (stage === last && Date.now() - saidAt < LINE_EACH_MS) return
      last = stage
      saidAt = Date.now()
      warn(plainLine(`${String(percent).padStart(3)} %  ${text}`))
    },
    end() {},
  }
}
