/** One repository made into documents by the real pipeline in this process, the analysis kept from run to run. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { readConfig } from '#base/config.ts'
import { parseRepository } from '#base/repository.ts'
import type { Generated } from '#generate/options.ts'
import { generate } from '#generate/pipeline.ts'
import { createStepCache } from '#store/step-cache.ts'

export interface Subject {
  name: string
  folder: string
  /** Where analyses, answers and books lie. */
  root: string
  close(): Promise<void>
}

/** What a run asks with; without a model it is made offline. */
export interface Run {
  url?: string
  /** Folder below `root` for answers and books. */
  place?: string
  maxCostUsd?: number | null
  concurrency?: number
  contextTokens?: number
  language?: string
  signal?: AbortSignal
}

/** US dollars for a million tokens: such that a set costs some cents. */
export const PRICE = { input: 2, output: 8 }
const MODEL = 'stand-in'

export async function openSubject(folder: string): Promise<Subject> {
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  return { name: path.basename(folder), folder, root, close: () => rm(root, { recursive: true, force: true }) }
}

export async function makeDocuments(subject: Subject, run: Run = {}): Promise<Generated> {
  const config = readConfig(
    {},
    {
      DOCSPOOL_LOCAL_REPOS: path.dirname(subject.folder),
      ...(run.url === undefined ? {} : { LLM_BASE_URL: run.url, MAIN_MODEL: MODEL }),
      DOCSPOOL_PRICES: `${MODEL}=${PRICE.input}/${PRICE.output}`,
      DOCSPOOL_MAX_COST_USD: '0',
      DOCSPOOL_MAX_COST_USD_PER_DAY: '0',
      DOCSPOOL_LLM_TIMEOUT_S: '20',
      DOCSPOOL_LLM_CONCURRENCY: String(run.concurrency ?? 8),
      DOCSPOOL_CONTEXT_TOKENS: String(run.contextTokens ?? 16_000),
    },
  )
  const place = path.join(subject.root, run.place ?? 'offline')
  const workDir = await mkdtemp(path.join(subject.root, 'work-'))
  try {
    return await generate(
      {
        repository: parseRepository(pathToFileURL(subject.folder).href, config),
        commitId: null,
        workDir,
        limits: config,
        allowPrivateNetworks: true,
        sourceLinks: config.sourceLinks,
        cache: createStepCache(path.join(subject.root, 'cache'), { scope: '' }),
        language: run.language,
        ...(config.llm === null
          ? {}
          : {
              model: {
                settings: config.llm,
                mainModel: MODEL,
                spendDir: place,
                answersDir: path.join(place, 'answers'),
                maxCostUsd: run.maxCostUsd ?? null,
                job: place,
              },
            }),
      },
      { signal: run.signal ?? new AbortController().signal, report: () => undefined },
    )
  } finally {
    await rm(workDir, { recursive: true, force: true })
  }
}
