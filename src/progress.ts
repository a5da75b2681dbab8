/**
 * Progress of a job at the terminal: one bar that moves where output is a terminal; elsewhere a line for each stage, and now
 * and then one within it.
 */

const WIDTH = 24
/** A stage that takes longer says how far it is. */
const LINE_EACH_MS = 5_000

export interface ProgressView {
  show(progress: { stage: string | null; percent: number; text: string }): void
  /** Leave the line of the bar. */
  end(): void
}

export function createProgressView(stream: NodeJS.WriteStream = process.stderr): ProgressView {
  return stream.isTTY ? createBar(stream) : createLines(stream)
}

function createBar(stream: NodeJS.WriteStream): ProgressView {
  let drawn = false
  return {
    show({ percent, text }) {
      const filled = Math.round((percent / 100) * WIDTH)
      const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`
      const line = `${bar} ${String(percent).padStart(3)} %  ${text}`
      stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`)
      drawn = true
    },
    end() {
      if (drawn) stream.write('\n')
      drawn = false
    },
  }
}

function createLines(stream: NodeJS.WriteStream): ProgressView {
  let last: string | null = ''
  let saidAt = 0
  return {
    show({ stage, percent, text }) {
      if (stage === last && Date.now() - saidAt < LINE_EACH_MS) return
      last = stage
      saidAt = Date.now()
      stream.write(`${String(percent).padStart(3)} %  ${text}\n`)
    },
    end() {},
  }
}
