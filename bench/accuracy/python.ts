/** The oracle of Python, which is a program in Python (`python/oracle.py`): this runs it and reads what it says. */

import { execFileSync } from 'node:child_process'
import path from 'node:path'
import type { Definition, FileEdge, Oracle, SymbolEdge, UnknownUse } from './oracle.ts'

/** What chooses the files that jedi is asked about. */
const SEED = 4
/** How many uses jedi is asked about in one repository; the last file is finished. */
const USES = Number(process.env.ACCURACY_JEDI_USES ?? 4_000)

interface Answer {
  files: string[]
  definitions: Definition[]
  fileRequired: FileEdge[]
  fileAllowed: FileEdge[]
  required: SymbolEdge[]
  allowed: SymbolEdge[]
  unknown: UnknownUse[]
  overrides: SymbolEdge[]
  /** Empty when jedi is not there. */
  judged: string[]
  note: string
}

export const pythonOracle: Oracle = {
  name: 'python',
  languages: ['python'],
  judge: async (checkout, files) => {
    const script = path.join(import.meta.dirname, 'python', 'oracle.py')
    let output: string
    try {
      output = execFileSync('python3', [script], {
        input: JSON.stringify({ root: checkout, files, seed: SEED, uses: USES }),
        encoding: 'utf8',
        maxBuffer: 512 * 1_048_576,
        env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'python3 is not installed'
      throw error
    }
    const answer = JSON.parse(output) as Answer
    const { required, allowed, unknown } = answer
    return {
      files: new Set(answer.files),
      definitions: answer.definitions,
      fileEdges: { required: answer.fileRequired, allowed: answer.fileAllowed },
      symbolEdges: { required, allowed, unknown, judged: new Set(answer.judged) },
      overrides: { required: answer.overrides },
      note: answer.note,
    }
  },
}
