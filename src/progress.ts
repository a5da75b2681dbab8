/** Progress of a job at the terminal: one bar that moves where output is a terminal, a line for each stage elsewhere. */

const WIDTH = 24

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
  return {
    show({ stage, percent, text }) {
      if (stage === last) return
      last = stage
      stream.write(`${String(percent).padStart(3)} %  ${text}\n`)
    },
    end() {},
  }
}
