/** The HTTP application runs where there is no Node: what it imports is Web APIs and a short list of modules. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { EDGE_MODULES, findLoaded, findNodeImports } from './node-imports.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('the application asks for nothing of Node but what other runtimes have too', async () => {
  const found = await findNodeImports(root, `export { createApp } from '#http/app.ts'`)
  const told = found.filter(({ module }) => !EDGE_MODULES.includes(module))
  assert.deepEqual(
    told.map(({ module, chain }) => `${module} by ${chain.join(' -> ')}`),
    [],
  )
  assert.deepEqual(
    found.map(({ module }) => module),
    EDGE_MODULES,
    'what it needs no more is in the list',
  )
})

test('the way to a module is told, whatever it is called and however far away it is', async () => {
  const [fs] = await findNodeImports(root, `export * from '#base/git-settings.ts'`).then((found) =>
    found.filter(({ module }) => module === 'node:fs'),
  )
  assert.deepEqual(fs?.chain, ['src/base/git-settings.ts'])
  const deep = await findNodeImports(root, `import { readSsh } from '#base/git-settings.ts'\nreadSsh({} as never)`)
  assert.ok(deep.some(({ module }) => module === 'node:fs'))
  assert.deepEqual(await findNodeImports(root, `import { a } from 'fs'\na()`), [{ module: 'node:fs', chain: [] }])
  assert.deepEqual(await findNodeImports(root, `import type { Stats } from 'node:fs'\nexport type S = Stats`), [])
})

test('the library of the protocol for agents is loaded when it is asked for, not at the start', async () => {
  const [loaded, all] = await findLoaded(root, `export { createApp } from '#http/app.ts'`)
  const isOfLibrary = (file: string): boolean => file.includes('node_modules/@modelcontextprotocol/')
  assert.deepEqual(loaded.filter(isOfLibrary), [])
  assert.ok(all.some(isOfLibrary))
})

test('docs/guarantees.md names the list', async () => {
  const text = await readFile(`${root}/docs/guarantees.md`, 'utf8')
  const names = EDGE_MODULES.map((module) => `\`${module}\``).join(', ')
  assert.ok(text.includes(names), `docs/guarantees.md lacks: ${names}`)
})
