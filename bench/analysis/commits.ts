/**
 * What updates cost: the last commits of a repository one after the other, each from the results kept of the one before, as a
 * share of a cold analysis of the last, in wall-clock and in processor time. Other programs on the machine hardly change the
 * latter.
 */

import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { median, print } from '../measure.ts'
import type { Task, Timed } from './once.ts'

export async function measureCommits(
  repository: string,
  commits: number,
  rounds: number,
  once: (task: Task) => Timed,
): Promise<void> {
  const place = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  const folder = path.join(place, path.basename(repository))
  const git = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: place, encoding: 'utf8' })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  try {
    git('clone', '--quiet', '--shared', repository, folder)
    const log = git('-C', folder, 'rev-list', '--first-parent', `--max-count=${commits + 1}`, 'HEAD')
    const [oldest = '', ...later] = log.trim().split('\n').reverse()
    const analyse = (commit: string, cache?: string): Timed => {
      git('-C', folder, 'checkout', '--quiet', '--detach', commit)
      return once({ kind: 'analyse', folder, ...(cache !== undefined && { cache }) })
    }
    const cache = path.join(place, 'cache')
    analyse(oldest, cache)
    const updates = later.map((commit) => analyse(commit, cache))
    const last = later.at(-1) ?? oldest
    const colds = Array.from({ length: rounds }, () => analyse(last))
    const fresh = colds.at(-1)?.digest
    const line = (what: 'ms' | 'cpuMs'): string => {
      const cold = median(colds.map((one) => one[what]))
      const shares = updates.map((one) => one[what] / cold).sort((a, b) => a - b)
      const at = (share: number): string => (shares[Math.ceil(shares.length * share) - 1] ?? Number.NaN).toFixed(2)
      const few = shares.filter((share) => share <= 0.1).length
      return `cold ${cold.toFixed(0)} ms; median ${at(0.5)}, 90 % ${at(0.9)}, most ${at(1)}; at most .10: ${few}`
    }
    print(
      `${path.basename(repository)}: ${updates.length} commits, as shares of cold; wall-clock time: ${line('ms')}; processor time: ${line('cpuMs')}; ` +
        `the last is ${updates.at(-1)?.digest === fresh ? 'the same' : 'NOT THE SAME'} as analysed cold`,
    )
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
