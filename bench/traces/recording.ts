/** Records what calls what while the tests of a checkout run; see `record_calls.py`. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface Recording {
  tests: number
  /** File, first line, qualified name. */
  functions: [file: string, line: number, name: string][]
  /** Indexes of a caller and of what it calls. */
  calls: [caller: number, callee: number][]
  /** Through how many tests each function runs. */
  passes: number[]
}

const TESTS_MS = 600_000
const PLAIN = ['-q', '-p', 'no:cacheprovider', '--continue-on-collection-errors', '-o', 'filterwarnings=']

/** `undefined` where no test runs. */
export function record(checkout: string): Recording | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'traces-'))
  const out = path.join(folder, 'calls.json')
  try {
    const search = [import.meta.dirname, path.join(checkout, 'src'), checkout].join(path.delimiter)
    const env = { ...process.env, TRACE_ROOT: checkout, TRACE_OUT: out, PYTHONPATH: search }
    const options = { cwd: checkout, env, timeout: TESTS_MS, stdio: 'ignore' } as const
    // What a checkout asks of pytest may need plug-ins that are not there.
    for (const more of [[], ['-o', 'addopts=']]) {
      spawnSync(process.env.PYTHON ?? 'python3', ['-m', 'pytest', '-p', 'record_calls', ...PLAIN, ...more], options)
      const recording: Recording | undefined = existsSync(out) ? JSON.parse(readFileSync(out, 'utf8')) : undefined
      if (recording !== undefined && recording.tests > 0) return recording
    }
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
