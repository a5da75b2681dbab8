/**
 * Runs the stages once on a sample, so that their code is loaded and compiled before the first job of a process. The result is
 * thrown away.
 */

import { createHash } from 'node:crypto'
import { PageRenderer } from '#markdown/render-pages.ts'
import { document } from './document.ts'
import { Incidents } from './incidents.ts'
import type { CommitTree } from './model.ts'
import { Stages } from './stages.ts'

/** A few files of what most repositories contain. */
const SAMPLE: Readonly<Record<string, string>> = {
  'README.md': '# Sample\n\nAdds numbers.\n\n```ts\nsum([1, 2])\n```\n',
  'package.json':
    '{ "name": "sample", "version": "1.0.0", "main": "src/sum.ts", "scripts": { "test": "node --test" } }\n',
  'src/add.ts':
    '/** Adds two numbers. @returns The sum. */\nexport function add(a: number, b = 0): number {\n  return a + b\n}\n',
  'src/sum.ts': `import { add } from './add.js'

/** Sums of lists. */
export class Sum {
  constructor(private readonly start = Number(process.env.START ?? 0)) {}

  of(all: readonly number[]): number {
    if (all.length === 0) return this.start
    return all.reduce((a, b) => add(a, b), this.start)
  }
}
`,
  'test/sum.test.ts':
    "import { Sum } from '../src/sum.js'\n\nif (new Sum().of([1, 2]) !== 3) throw new Error('no sum')\n",
  'tools/report.py': `"""Reports."""
import os


def report(name: str = "all") -> str:
    """Return the report of a name."""
    return os.environ.get("PREFIX", "") + name
`,
  Makefile: 'test:\n\tnode --test\n',
}

/** Time limit for a stage, as in a job. */
const STAGE_MS = 600_000

/**
 * @param signal - Ends it; what was loaded until then stays loaded.
 * @returns A renderer, whose threads have rendered the sample. The caller closes it.
 */
export async function warmUp(signal: AbortSignal): Promise<PageRenderer> {
  const renderer = new PageRenderer()
  try {
    await Promise.all([import('./clone/nodegit.ts'), documentSample(renderer, signal)])
  } catch (error) {
    if (signal.aborted) return renderer
    await renderer.close()
    throw error
  }
  return renderer
}

async function documentSample(renderer: PageRenderer, signal: AbortSignal): Promise<void> {
  const repository = {
    url: 'https://example.com/acme/sample',
    scheme: 'https' as const,
    host: 'example.com',
    segments: ['acme', 'sample'],
    name: 'sample',
    fullName: 'acme/sample',
    folder: null,
  }
  const limits = {
    cloneDepth: 1,
    cloneTimeoutMs: 60_000,
    maxRepoBytes: 1_048_576,
    maxFiles: 100,
    maxFileBytes: 65_536,
  }
  const stages = new Stages(new Incidents({ fileMs: 5_000, log: () => undefined }), STAGE_MS)
  await document(
    sampleTree(),
    renderer,
    { repository, commitId: null, workDir: '', limits, allowPrivateNetworks: false, sourceLinks: new Map() },
    { signal, step: () => undefined, stages, warn: () => undefined },
  )
}

function sampleTree(): CommitTree {
  const blobs = new Map<string, Uint8Array>()
  const entries = Object.entries(SAMPLE).map(([path, text]) => {
    const blob = createHash('sha1').update(text).digest('hex')
    blobs.set(blob, new TextEncoder().encode(text))
    return { path, blob, kind: 'file' as const }
  })
  return {
    commit: '0'.repeat(40),
    committedAt: '2026-01-01T00:00:00Z',
    subject: 'Sample',
    ref: 'main',
    isOnRef: true,
    entries,
    refused: 0,
    read: async (blob) => blobs.get(blob) ?? new Uint8Array(),
    close: async () => undefined,
  }
}
