/**
 * Shows the progress of a job: as a progress bar on a terminal, otherwise as a line for each stage, and more lines during long
 * stages.
 */

import { plainLine } from '#base/control-characters.ts'
import { isAtTerminal, leaveLine, redraw, warn } from './terminal.ts'

const WIDTH = 24
/** A longer stage prints another line after this time. */
const LINE_EVERY_MS = 5_000

export interface ProgressView {
  show(progress: { stage: string | null; percent: number; text: string }): void
  /** End the line of the bar, if there is one. */
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
      redraw(`${bar} ${String(percent).padStart(3)}%  ${text}`)
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
  let printedAt = 0
  return {
    show({ stage, percent, text }) {
      if (stage === last && Date.now() - printedAt < LINE_EVERY_MS) return
      last = stage
      printedAt = Date.now()
      warn(plainLine(`${String(percent).padStart(3)}%  ${text}`))
    },
    end() {},
  }
}
