import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { CodeAnalysis, KeptResults } from '#generate/analyse/analyser.ts'
import { createFamilyAnalyser, type ReadFacts } from '#generate/analyse/engine/analyse-family.ts'
import type { LanguageSpec, LinkRules } from '#generate/analyse/engine/language.ts'
import { loadReader } from '#generate/analyse/engine/reader.ts'
import { c } from '#generate/analyse/languages/c/c.ts'
import { cpp } from '#generate/analyse/languages/cpp/cpp.ts'
import { rust } from '#generate/analyse/languages/rust/rust.ts'
import { ResultsCache, surroundingsKey } from '#generate/analyse/results-cache.ts'
import { detectLanguage } from '#generate/inventory/languages.ts'
import type { SourceFile } from '#generate/model.ts'
import { createRandom } from '../python/random-program.ts'
import { changeC, makeC, textsOf } from './random-c.ts'

const PROGRAMS = 6
const FIRST = 1
const CHANGES = 12

type Texts = Readonly<Record<string, string>>

function createCache(): ResultsCache {
  const bytes = new Map<string, Uint8Array>()
  return new ResultsCache(
    { read: async (name) => bytes.get(name), write: async (name, value) => void bytes.set(name, value) },
    'repository',
  )
}

const fileOf = ([path, text]: [string, string]): SourceFile => ({
  path,
  blob: createHash('sha1').update(text).digest('hex'),
  bytes: text.length,
  lines: text.split('\n').length,
  language: detectLanguage(path, ''),
  role: path.endsWith('Makefile') ? 'manifest' : 'code',
  generated: false,
  vendored: false,
  text,
})

/** An analyser that also counts the files whose names were resolved. */
class Family {
  resolved = 0
  readonly #specs: readonly LanguageSpec[]

  constructor(specs: readonly LanguageSpec[]) {
    this.#specs = specs.map((spec) => ({ ...spec, linking: { ...spec.linking, link: this.#counting(spec.linking) } }))
  }

  #counting({ link }: LinkRules): LinkRules['link'] {
    return (...args) => {
      const linker = link(...args)
      const relationsOf = linker.relationsOf?.bind(linker)
      linker.relationsOf = (file) => {
        this.resolved++
        return relationsOf?.(file) ?? []
      }
      return linker
    }
  }

  async analyse(texts: Texts, cache?: ResultsCache): Promise<CodeAnalysis> {
    const files = Object.entries(texts).map(fileOf)
    const kept: KeptResults | undefined = cache && { cache, surroundings: `version ${surroundingsKey(files)}` }
    const languages = new Set(this.#specs.map(({ language }) => language))
    return createFamilyAnalyser(this.#specs, this.#read).analyse(
      files.filter(({ language }) => languages.has(language ?? '')),
      {
        signal: new AbortController().signal,
        onProgress() {},
        paths: new Set(Object.keys(texts)),
        files: new Map(files.map((file) => [file.path, file])),
        kept,
      },
    )
  }

  readonly #read: ReadFacts = async (files) => {
    const facts = new Map()
    for (const spec of this.#specs) {
      const reader = await loadReader(spec)
      for (const file of files.filter(({ language }) => language === spec.language)) {
        const read = await reader.read(file.path, file.text ?? '')
        if (typeof read !== 'string') facts.set(file.path, read)
      }
    }
    return facts
  }
}

/** The analysis with what was kept, checked against one without. */
async function update(family: Family, texts: Texts, cache: ResultsCache): Promise<number> {
  family.resolved = 0
  const analysis = await family.analyse(texts, cache)
  const { resolved } = family
  const whole = await family.analyse(texts)
  assert.deepEqual(analysis.edges, whole.edges)
  assert.ok(spell(analysis) === spell(whole), 'something else than edges differs')
  return resolved
}

const spell = (analysis: CodeAnalysis): string =>
  JSON.stringify([analysis, [...analysis.fileUses].map(([path, { uses, bindings }]) => [path, uses, bindings])])

test('with what was kept the result is that of a new analysis, whatever changes in C', async () => {
  const family = new Family([c, cpp])
  let resolved = 0
  let files = 0
  for (let seed = FIRST; seed < FIRST + PROGRAMS; seed++) {
    const random = createRandom(seed)
    const program = makeC(random)
    const cache = createCache()
    let texts: Texts = {}
    for (let step = 0; step < CHANGES; step++) {
      const before = texts
      texts = textsOf(program)
      const count = await update(family, texts, cache).catch((error: Error) => {
        throw new Error(`seed ${seed}, step ${step}: ${error.message}\n${JSON.stringify({ before, texts }, null, 1)}`)
      })
      if (step > 0) {
        resolved += count
        files += program.size
      }
      changeC(program, random)
    }
  }
  assert.ok(resolved > 0 && resolved < files, `${resolved} of ${files} files`)
})

test('a function inside a function is a reason not to guess by a unique name', async () => {
  const family = new Family([rust])
  const cache = createCache()
  const texts = {
    'src/a.rs': 'pub struct A;\nimpl A { pub fn zap(&self) {} }\n',
    'src/b.rs': 'fn go() { made().zap(); }\n',
    'src/c.rs': 'pub fn other() { one(); }\n',
  }
  await update(family, texts, cache)
  await update(family, { ...texts, 'src/c.rs': 'pub fn other() { fn zap() {} zap(); }\n' }, cache)
  await update(family, texts, cache)
})

test('in C, only the files that may use a changed declaration are linked again', async () => {
  const family = new Family([c, cpp])
  const cache = createCache()
  const texts = {
    'a.h': 'struct P { int size; };\nstruct Q { int size; };\n',
    'b.h': '#include "a.h"\ntypedef struct P T;\n',
    'a.c': '#include "b.h"\nT *make(void) { return 0; }\n',
    'b.c': '#include "b.h"\nint size(void) { return make()->size; }\n',
    'c.c': '#include "b.h"\nint other(struct Q *q) { return 1; }\n',
    'd.c': 'int alone(void) { return 1; }\n',
  }
  await update(family, texts, cache)
  assert.equal(await update(family, { ...texts, Makefile: 'all:\n\tcc a.c\n' }, cache), 0, 'another build file')
  const retyped = { ...texts, 'b.h': texts['b.h'].replace('struct P', 'struct Q') }
  assert.equal(await update(family, retyped, cache), 3, 'b.h, a.c, and b.c, which uses the type by a function')
  const renamed = { ...retyped, 'd.c': 'int lone(void) { return 1; }\n' }
  assert.equal(await update(family, renamed, cache), 1, 'd.c')
  assert.equal(await update(family, { ...renamed, 'd.c': `#include "a.h"\n${renamed['d.c']}` }, cache), 6, 'all')
})
