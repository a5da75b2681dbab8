import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Trigger } from '#generate/model.ts'
import { en } from '#generate/pages/texts/en.ts'
import { CATALOGUES, textsIn } from '#generate/pages/texts/texts-in.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { document } from '../sample.ts'
import { callsOf, entriesOf } from './entries.ts'
import { analysed } from './repository.ts'

const OTHERS = [...CATALOGUES.keys()].filter((language) => language !== 'en')
/** What a language shares with English: signs, and words that it has taken or that are its own all the same. */
const SHARED: Readonly<Record<string, RegExp>> = {
  de: /^\.(?:comma|colon|stop|kinds\.(?:trait|enum|getter|setter|variable)|languageNames\.text|module\.(?:tests)|launch\.(?:functionIn|ports)|environment\.heads\.variable|routes\.heads\.2|artifacts\.heads\.name|file\.heads\.0)$/,
  fr: /^\.(?:configuration\.title|entry\.types|comma|stop|modules|routeCount|publicApi\.groups\.4|kinds\.(?:interface|trait|type|union|macro|module|variable)|module\.(?:heads\.0|children|tests)|types\.(?:boxOfTypes|glossaryHeads\.0)|overview\.licence|launch\.ports|environment\.(?:heads\.variable|variables)|routes\.(?:title|heads\.[02])|artifacts\.(?:kinds\.(?:script|service|table|message)|projects\.solution)|prose\.architecture)$/,
  es: /^\.(?:publicApi\.groups\.4|comma|colon|stop|kinds\.(?:constructor|trait|macro|getter|setter|variable)|environment\.(?:heads\.variable|variables)|routes\.heads\.2|artifacts\.kinds\.script)$/,
  zh: /^$/,
}
/** Of them other tests tell. */
const NUMBERS = /^\.(?:count|size)$/
const calls = callsOf([...CATALOGUES.values()])
const english = entriesOf(en, calls)
const repository = await analysed()
const inEnglish = document(repository)

for (const language of OTHERS) {
  const texts = textsIn(language)
  const entries = entriesOf(texts, calls)

  test(`${language}: every entry is there, and none is the English one`, () => {
    assert.deepEqual([...entries.keys()], [...english.keys()])
    const same = [...entries.keys()].filter((path) => entries.get(path) === english.get(path) && !NUMBERS.test(path))
    assert.deepEqual(
      same.filter((path) => SHARED[language]?.test(path) !== true),
      [],
    )
    assert.ok(texts.titles !== null && texts.ci.triggers !== null)
  })

  test(`${language}: a set has no faults and as many pages, entries, links and diagrams as the English one`, () => {
    const whole = document(repository, undefined, language)
    assert.deepEqual(whole.verification.faults, [])
    // The English of triggers is quoted, so that its names are not searched for in the repository.
    const [checked, expected] = [whole, inEnglish].map(({ verification }) => ({
      ...verification.checked,
      identifiers: 0,
    }))
    assert.deepEqual(checked, expected)
    assert.ok(whole.verification.checked.identifiers >= inEnglish.verification.checked.identifiers)
    const names = ({ pages }: typeof whole): string[] => pages.map(({ file }) => file)
    assert.deepEqual(names(whole), names(inEnglish))
    assert.deepEqual(whole.written.diagrams.length, inEnglish.written.diagrams.length)
    for (const name of ['graph.json', 'module_tree.json', 'metadata.json'])
      assert.equal(whole.data.get(name), inEnglish.data.get(name), name)
  })

  test(`${language}: no English of ours is left on a page`, () => {
    const { markdown, data } = document(repository, undefined, language)
    const left = [...english].flatMap(([path, text]) =>
      text
        .split(/[\d\u2460]+|\bclass\b/)
        .map((part) => part.trim())
        .filter((part) => part.length > 3 && (part.includes(' ') || path.endsWith('.title')))
        .filter((part) => !entries.get(path)?.includes(part))
        .flatMap((part) =>
          [...markdown, ['llms.txt', data.get('llms.txt') ?? ''] as const]
            .filter(([, page]) => page.includes(part))
            .map(([file]) => `${file}: ${part}`),
        ),
    )
    assert.deepEqual([...new Set(left)], [])
  })
}

test('the English of the repository of these tests holds much of what pages can say', () => {
  const all = [...inEnglish.markdown.values()].join('\n')
  const parts = [...english].map(([path, text]) => [path, text.split(/[\d\u2460]+|\bclass\b/)] as const)
  const said = parts.filter(([, pieces]) => pieces.every((piece) => all.includes(piece.trim())))
  assert.ok(said.length > parts.length * 0.4, `${said.length} of ${parts.length}`)
})

test('a language without texts is written in English', () => {
  assert.deepEqual(document(repository, undefined, 'ja').markdown, inEnglish.markdown)
})

test('nouns stand in the form that their number asks for', () => {
  const forms = (language: string): string[] => [0, 1, 2, 5].map((number) => textsIn(language).files(number))
  assert.deepEqual(forms('en'), ['0 files', '1 file', '2 files', '5 files'])
  assert.deepEqual(forms('de'), ['0 Dateien', '1 Datei', '2 Dateien', '5 Dateien'])
  assert.deepEqual(forms('fr'), ['0 fichier', '1 fichier', '2 fichiers', '5 fichiers'])
  assert.deepEqual(forms('es'), ['0 archivos', '1 archivo', '2 archivos', '5 archivos'])
  assert.deepEqual(forms('zh'), ['0 个文件', '1 个文件', '2 个文件', '5 个文件'])
})

test('numbers and sizes are written as the language writes them, whatever the locale of the machine', () => {
  const written = (language: string): string[] => {
    const { count, size } = textsIn(language)
    return [count(999), count(1_234), count(1_234_567), size(812), size(4_100), size(2_000_000)]
  }
  assert.deepEqual([textsIn('en').size(999_940), textsIn('en').size(999_960)], ['999.9 KB', '1.0 MB'])
  assert.deepEqual(written('en'), ['999', '1,234', '1,234,567', '812 B', '4.1 KB', '2.0 MB'])
  assert.deepEqual(written('de'), ['999', '1.234', '1.234.567', '812 B', '4,1 KB', '2,0 MB'])
  assert.deepEqual(written('fr'), ['999', '1\u202f234', '1\u202f234\u202f567', '812 o', '4,1 ko', '2,0 Mo'])
  assert.deepEqual(written('es'), ['999', '1234', '1\u202f234\u202f567', '812 B', '4,1 KB', '2,0 MB'])
  assert.deepEqual(written('zh'), ['999', '1,234', '1,234,567', '812 B', '4.1 KB', '2.0 MB'])
})

test('the narrow space of French stays on the page', () => {
  const { markdown } = document(repository, undefined, 'fr')
  const pages = [...markdown.values()].join('\n')
  assert.match(pages, /orbit\]\(src\.md\)\u202f: /)
})

test('German says when a workflow runs', () => {
  const none = { shown: [], more: 0 }
  const limits = {
    branches: { taken: none, left: none },
    tags: { taken: none, left: none },
    paths: { taken: none, left: none },
  }
  const triggers: Trigger[] = [
    {
      on: 'push',
      types: none,
      ...limits,
      branches: { taken: { shown: ['main', 'next'], more: 0 }, left: { shown: ['old'], more: 0 } },
    },
    { on: 'time', cron: '', at: '00:30', weekday: 1 },
    { on: 'time', cron: '', at: '00:30', day: 3 },
    { on: 'time', cron: '*/5 * * * *', at: null },
    { on: 'workflow', after: { shown: ['a', 'b', 'c', 'd'], more: 2 } },
    { on: 'hand' },
  ]
  assert.equal(
    plainText(paragraph(...(textsIn('de').ci.triggers?.(triggers) ?? []))),
    'bei Pushes auf main und next (ohne old), jeden Montag um 00:30 UTC, am 3. jedes Monats um 00:30 UTC, nach dem Zeitplan */5 * * * *, nach a, b, c, d und 2 weiteren, bei manuellem Start',
  )
})
