/** Tasks with known answers: of the commits of a repository, the subject is what is looked for, the code files that it changed are where it is. */

import path from 'node:path'
import { createRandom } from '../../test/chaos/random.ts'
import { readHistory } from '../questions/commits.ts'

export interface Task {
  repository: string
  clone: string
  /** The documented commit. */
  base: string
  question: string
  files: readonly string[]
}

/** As many as are asked for, evenly from all repositories; the same for the same seed. */
export function drawTasks(clones: string, names: readonly string[], count: number, seed: number): Task[] {
  const random = createRandom(seed)
  return names.flatMap((repository, at) => {
    const clone = path.join(clones, repository)
    const { base, questions } = readHistory(clone, COMMITS)
    const own = random.fork(repository)
    const rest = [...questions]
    const share = Math.floor(count / names.length) + (at < count % names.length ? 1 : 0)
    return Array.from({ length: Math.min(share, rest.length) }, () => {
      const drawn = own.pick(rest)
      rest.splice(rest.indexOf(drawn), 1)
      return { repository, clone, base, question: drawn.subject, files: drawn.files }
    })
  })
}

/** As `questions` asks by default, so that its sets do for this. */
const COMMITS = 200
