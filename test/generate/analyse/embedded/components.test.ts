import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scriptOf } from '#generate/analyse/embedded/script-of.ts'
import { factsOf } from '#generate/analyse/typescript/facts.ts'
import type { SourceFile } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'
import { analyseComponents, edgesOf } from './analyse-components.ts'

const CHILD =
  '<template>\n  <p>child</p>\n</template>\n<script lang="ts">\nexport default { name: "x", methods: { go() {} } }\n</script>\n'
const PARENT = `<script setup lang="ts">
import ChildItem from './ChildItem.vue'
import { start } from './start'
import Unused from './Unused.vue'
function ready(): void {
  start()
}
ready()
</script>

<template>
  <!-- <Unused/> -->
  <child-item :a="1 > 2" />
</template>
`

async function fileOf(path: string, text: string): Promise<SourceFile> {
  const { files } = await inventoryOf({ [path]: text })
  return files[0] ?? assert.fail('no file')
}

test('a Vue component is a class of its file, and its template refers to the components that it imports', async () => {
  const analysis = await analyseComponents({
    'src/App.vue': PARENT,
    'src/ChildItem.vue': CHILD,
    'src/Unused.vue': '<template><i/></template>\n',
    'src/start.ts': 'export function start(): void {}\n',
    'src/main.ts': "import App from './App.vue'\nexport const root = [App]\n",
  })
  assert.deepEqual(edgesOf(analysis), [
    'src/App.vue calls src/App.vue#ready',
    'src/App.vue imports src/ChildItem.vue',
    'src/App.vue imports src/Unused.vue',
    'src/App.vue imports src/start.ts',
    'src/App.vue#App references src/ChildItem.vue#ChildItem',
    'src/App.vue#ready calls src/start.ts#start',
    'src/main.ts imports src/App.vue',
    'src/main.ts#root references src/App.vue#App',
  ])
  const byId = new Map(analysis.components.map((one) => [one.id, one]))
  const whole = byId.get('src/App.vue#App')
  assert.deepEqual([whole?.kind, whole?.startLine, whole?.endLine], ['class', 1, 14])
  assert.deepEqual([byId.get('src/App.vue#ready')?.startLine, byId.get('src/App.vue#ready')?.endLine], [5, 7])
  assert.deepEqual(
    analysis.components.filter((one) => one.file === 'src/ChildItem.vue').map((one) => one.id),
    ['src/ChildItem.vue#ChildItem'],
  )
  assert.deepEqual(
    analysis.reports.map(({ language, files, failed }) => [language, files, failed]),
    [
      ['typescript', 2, []],
      ['vue', 3, []],
    ],
  )
})

test('a Svelte component refers to the components of its markup, not to names in its expressions', async () => {
  const analysis = await analyseComponents({
    'Page.svelte':
      '<script context="module">\n  export const kind = 1\n</script>\n<script>\n  import Row from "./Row.svelte"\n  import Other from "./Other.svelte"\n</script>\n{#if "<Other/>" < kind}\n  <Row on:click={() => "}"} />\n{/if}\n',
    'Row.svelte': '<p>row</p>\n',
    'Other.svelte': '<p>other</p>\n',
  })
  assert.deepEqual(edgesOf(analysis), [
    'Page.svelte imports Other.svelte',
    'Page.svelte imports Row.svelte',
    'Page.svelte#Page references Row.svelte#Row',
  ])
})

test('the lines and positions of a script stay, and what is no script is blank', async () => {
  const script = scriptOf(await fileOf('App.vue', PARENT))
  assert.equal(script?.language, 'typescript')
  assert.equal(script?.text?.indexOf('function ready'), PARENT.indexOf('function ready'))
  assert.equal(script?.text?.split('\n').length, PARENT.trimEnd().split('\n').length)
  assert.doesNotMatch(script?.text ?? '', /template|child-item/)
})

test('broken components end in time and give what is whole', async () => {
  const texts = {
    'open.vue': '<script>\nexport function a() {}\n',
    'deep.svelte': '{'.repeat(200_000),
    'tags.vue': '<a '.repeat(100_000),
    'quotes.svelte': `<a b={'`.repeat(30_000),
    'scripts.vue': '<script>'.repeat(50_000),
    'nested.vue': `<script>${'['.repeat(100_000)}`,
    'empty.svelte': '',
  }
  const analysis = await analyseComponents(texts)
  const ids = analysis.components.map((one) => one.id)
  assert.ok(ids.includes('open.vue#a') && ids.includes('empty.svelte#empty'))
  const plain = await fileOf('plain.vue', '')
  for (const [path, text] of Object.entries(texts)) {
    const started = performance.now()
    const language = path.endsWith('.vue') ? 'vue' : 'svelte'
    const script = scriptOf({ ...plain, path, text, language })
    assert.equal(script?.text?.split('\n').length, Math.max(1, text.trimEnd().split('\n').length), path)
    assert.ok(performance.now() - started < 20_000, path)
  }
})

test('a page of SvelteKit is a component, whatever its file is called', async () => {
  const analysis = await analyseComponents({
    'svelte.config.js': 'export default {}',
    'src/routes/+page.svelte': "<script>\nimport Nav from '$lib/Nav.svelte'\n</script>\n\n<Nav/>\n",
    'src/lib/Nav.svelte': '<a href="/">x</a>\n',
  })
  assert.deepEqual(edgesOf(analysis), [
    'src/routes/+page.svelte imports src/lib/Nav.svelte',
    'src/routes/+page.svelte#+page references src/lib/Nav.svelte#Nav',
  ])
})

test('a native element is not the component of its name', async () => {
  const script = (name: string): string => `<script setup>\nimport ${name} from './${name}.vue'\n</script>\n`
  const cases: [name: string, tag: string, isUsed: boolean][] = [
    ['Button', 'button', false],
    ['Form', 'form', false],
    ['Table', 'table', false],
    ['Button', 'Button', true],
    ['Orbit', 'orbit', true],
    ['ChildItem', 'child-item', true],
    ['ChildItem', 'childItem', true],
  ]
  const texts: Record<string, string> = {}
  for (const [at, [name, tag]] of cases.entries()) {
    texts[`Panel${at}.vue`] = `${script(name)}<template><${tag}>x</${tag}></template>\n`
    texts[`${name}.vue`] = '<template><i/></template>\n'
  }
  const edges = edgesOf(await analyseComponents(texts))
  for (const [at, [name, tag, isUsed]] of cases.entries())
    assert.equal(edges.includes(`Panel${at}.vue#Panel${at} references ${name}.vue#${name}`), isUsed, tag)
})

test('the language of a script decides how it is parsed', async () => {
  const element = `const Row = () => <div class="a">hi {plan()} there's</div>\n`
  const assertion = 'const row = <string>plan()\nconst same = <T>(a: T): T => a\n'
  const cases: [attribute: string, code: string, language: string][] = [
    ['lang="tsx"', element, 'tsx'],
    ['lang="jsx"', element, 'javascript'],
    ['lang="ts"', assertion, 'typescript'],
    ['type="text/typescript"', assertion, 'typescript'],
    ['type="ts"', assertion, 'typescript'],
  ]
  for (const [attribute, code, language] of cases) {
    const text = `<script setup ${attribute}>\nfunction plan() { return '' }\n${code}</script>\n`
    assert.equal(scriptOf(await fileOf('Panel.vue', text))?.language, language, attribute)
    assert.equal(factsOf(await fileOf('Panel.vue', text))?.hasErrors, false, attribute)
  }
})

test('a comment at the end of a script does not hide what its template uses', async () => {
  const analysis = await analyseComponents({
    'Panel.svelte': '<script>import A from "./A.svelte" // the first</script><A/>',
    'A.svelte': '<p>a</p>\n',
  })
  assert.deepEqual(edgesOf(analysis), ['Panel.svelte imports A.svelte', 'Panel.svelte#Panel references A.svelte#A'])
})
