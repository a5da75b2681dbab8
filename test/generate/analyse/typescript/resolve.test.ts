import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createResolve } from '#generate/analyse/typescript/resolve.ts'
import { inventoryOf } from '../inventory-of.ts'
import { analyseTexts } from './analyse-texts.ts'

async function resolver(files: Record<string, string>) {
  const inventory = await inventoryOf(files)
  const byPath = new Map(inventory.files.map((file) => [file.path, file]))
  return createResolve(new Set(byPath.keys()), byPath)
}

test('relative names find sources, whatever extension they were written with', async () => {
  const resolve = await resolver({
    'src/a.ts': '',
    'src/b.tsx': '',
    'src/c/index.mts': '',
    'src/d.js': '',
    'src/d.d.ts': '',
    'src/e.json': '{}',
    'index.js': '',
  })
  const from = (specifier: string) => resolve(specifier, 'src/main.ts')
  assert.equal(resolve('./d', 'src/main.js'), 'src/d.js')
  assert.equal(resolve('./d.js', 'src/f.d.ts'), 'src/d.d.ts')
  assert.equal(from('./a'), 'src/a.ts')
  assert.equal(from('./a.js'), 'src/a.ts')
  assert.equal(from('./a.ts'), 'src/a.ts')
  assert.equal(from('./b.js'), 'src/b.tsx')
  assert.equal(from('./c'), 'src/c/index.mts')
  assert.equal(from('./c/'), 'src/c/index.mts')
  assert.equal(from('./d'), 'src/d.d.ts')
  assert.equal(from('./e.json'), 'src/e.json')
  assert.equal(from('..'), 'index.js')
  assert.equal(from('./missing'), undefined)
  assert.equal(from('../../outside'), undefined)
  assert.equal(from('/etc/passwd'), undefined)
  assert.equal(from('lodash'), undefined)
})

test('packages of the repository are found by name and mapped from their build to their sources', async () => {
  const resolve = await resolver({
    'package.json': '{"name":"root","workspaces":["packages/*"],"main":"dist/index.js"}',
    'src/index.ts': '',
    'packages/core/package.json': JSON.stringify({
      name: '@acme/core',
      exports: {
        '.': { types: './dist/types/index.d.ts', import: './dist/index.js' },
        './sub/*': './dist/cjs/parts/*.js',
        './package.json': './package.json',
        './typed': { types: './lib/typed.d.mts' },
      },
      imports: { '#inner/*': './src/inner/*.ts' },
    }),
    'packages/core/src/index.ts': '',
    'packages/core/src/parts/one.ts': '',
    'packages/core/src/inner/two.ts': '',
    'packages/core/lib/typed.d.mts': '',
    'packages/core/src/typed.mts': '',
    'test/fixtures/lodash/package.json': '{"name":"lodash"}',
    'test/fixtures/lodash/index.js': '',
  })
  assert.equal(resolve('@acme/core', 'app.ts'), 'packages/core/src/index.ts')
  assert.equal(resolve('@acme/core/sub/one', 'app.ts'), 'packages/core/src/parts/one.ts')
  assert.equal(resolve('@acme/core/typed', 'app.ts'), 'packages/core/src/typed.mts')
  assert.equal(resolve('#inner/two', 'packages/core/src/index.ts'), 'packages/core/src/inner/two.ts')
  assert.equal(resolve('root', 'app.ts'), 'src/index.ts')
  assert.equal(resolve('lodash', 'app.ts'), undefined)
})

test('a relative name that ends with dots means the folder, not the file of the same name beside it', async () => {
  const resolve = await resolver({
    'src/plan.ts': '',
    'src/plan/index.ts': '',
    'src/plan/burn.ts': '',
    'src/plan/deep/leg.ts': '',
  })
  for (const specifier of ['.', './', './.']) assert.equal(resolve(specifier, 'src/plan/burn.ts'), 'src/plan/index.ts')
  for (const specifier of ['..', '../', './..'])
    assert.equal(resolve(specifier, 'src/plan/deep/leg.ts'), 'src/plan/index.ts')
  assert.equal(resolve('../plan', 'src/plan/burn.ts'), 'src/plan.ts')
})

test('the imports of a package may name another one, and the pattern with the longest start is used', async () => {
  const resolve = await resolver({
    'package.json': JSON.stringify({
      name: 'orbit',
      imports: { '#burn': 'burn', '#parts/*/of/the/whole': './a/*.ts', '#parts/one/*': './b/*.ts' },
    }),
    'src/burn.ts': '',
    'packages/burn/package.json': '{"name":"burn","main":"main.ts"}',
    'packages/burn/main.ts': '',
    'a/one.ts': '',
    'b/of/the/whole.ts': '',
  })
  assert.equal(resolve('#burn', 'src/app.ts'), 'packages/burn/main.ts')
  assert.equal(resolve('#parts/one/of/the/whole', 'src/app.ts'), 'b/of/the/whole.ts')
})

test('relative names of built files find the sources that they are built from', async () => {
  const resolve = await resolver({
    'package.json': '{"name":"root"}',
    'src/index.ts': '',
    'src/walker.ts': '',
    'dist/kept.js': '',
    'src/kept.ts': '',
    'dist/typed.d.ts': '',
    'src/typed.ts': '',
    'src/other.ts': '',
    'packages/core/package.json': '{"name":"core"}',
    'packages/core/src/plan.ts': '',
  })
  const from = (specifier: string) => resolve(specifier, 'test/a.ts')
  assert.equal(from('../dist/esm/index.js'), 'src/index.ts')
  assert.equal(from('../dist/commonjs/walker.js'), 'src/walker.ts')
  assert.equal(from('../dist/'), 'src/index.ts')
  assert.equal(from('../dist'), 'src/index.ts')
  assert.equal(from('../dist/kept.js'), 'dist/kept.js')
  assert.equal(from('../dist/typed.js'), 'src/typed.ts')
  assert.equal(from('../packages/core/dist/plan.js'), 'packages/core/src/plan.ts')
  assert.equal(from('../other.js'), undefined)
  assert.equal(from('../dist/none.js'), undefined)
})

test('paths and baseUrl of the nearest tsconfig count, also from a file that it extends', async () => {
  const resolve = await resolver({
    'tsconfig.base.json':
      '{ // comment\n "compilerOptions": { "baseUrl": ".", "paths": { "@lib/*": ["libs/*/src"] } } }',
    'app/tsconfig.json': '{ "extends": "../tsconfig.base.json" }',
    'app/main.ts': '',
    'libs/math/src/index.ts': '',
    'loop/tsconfig.json': '{ "extends": "./tsconfig.json" }',
    'deno/deno.json': '{ "imports": { "~/": "./", "std": "jsr:@std/assert" } }',
    'deno/x.ts': '',
  })
  assert.equal(resolve('@lib/math', 'app/main.ts'), 'libs/math/src/index.ts')
  assert.equal(resolve('libs/math/src', 'app/main.ts'), 'libs/math/src/index.ts')
  assert.equal(resolve('@lib/math', 'loop/main.ts'), 'libs/math/src/index.ts')
  assert.equal(resolve('~/x.ts', 'deno/y.ts'), 'deno/x.ts')
  assert.equal(resolve('std', 'deno/y.ts'), undefined)
})

test('paths are relative to the baseUrl of an extended file, also where the tsconfig has paths of its own', async () => {
  const resolve = await resolver({
    'tsconfig.base.json': '{ "compilerOptions": { "baseUrl": "." } }',
    'app/tsconfig.json':
      '{ "extends": "../tsconfig.base.json", "compilerOptions": { "paths": { "@own/*": ["libs/own/*"] } } }',
    'app/main.ts': '',
    'libs/own/x.ts': '',
  })
  assert.equal(resolve('@own/x', 'app/main.ts'), 'libs/own/x.ts')
})

test('aliases of bundlers count where the tsconfig says nothing', async () => {
  const resolve = await resolver({
    'kit/svelte.config.js': "export default { kit: { alias: { $parts: 'src/parts', 'deep/*': 'src/deep/*' } } }",
    'kit/src/lib/api.js': '',
    'kit/src/lib/index.js': '',
    'kit/src/parts/a.svelte': '',
    'kit/src/deep/b.js': '',
    'vue/vite.config.ts':
      "export default defineConfig({ resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)), '~': path.resolve(__dirname, './lib/') } } })",
    'vue/jsconfig.json': '{ "compilerOptions": { "baseUrl": "src", "paths": { "@/own": ["./other"] } } }',
    'vue/src/own.js': '',
    'vue/src/other.js': '',
    'vue/src/main.js': '',
    'vue/lib/x.js': '',
    'bad/vite.config.js': `export default { resolve: { alias: ${'['.repeat(20_000)} } }`,
    'odd/vite.config.js':
      "export default { resolve: { alias: { a: x ? 'src' : 'lib', ...more, __proto__: './src', '/': '' } } }",
  })
  assert.equal(resolve('$lib/api', 'kit/src/routes/+page.svelte'), 'kit/src/lib/api.js')
  assert.equal(resolve('$lib', 'kit/src/routes/+page.svelte'), 'kit/src/lib/index.js')
  assert.equal(resolve('$parts/a.svelte', 'kit/main.js'), 'kit/src/parts/a.svelte')
  assert.equal(resolve('deep/b', 'kit/main.js'), 'kit/src/deep/b.js')
  assert.equal(resolve('@/main', 'vue/src/a/b.vue'), 'vue/src/main.js')
  assert.equal(resolve('@/own', 'vue/src/a/b.vue'), 'vue/src/other.js')
  assert.equal(resolve('~/x.js', 'vue/src/a/b.vue'), 'vue/lib/x.js')
  assert.equal(resolve('$lib/api', 'vue/src/main.js'), undefined)
  assert.equal(resolve('@/main', 'bad/a.js'), undefined)
  assert.equal(resolve('a', 'odd/a.js'), undefined)
})

test('aliases of bundlers are read in the forms of their manuals', async () => {
  const resolve = await resolver({
    'a/vite.config.ts': `export default { resolve: { alias: {
      '@lib': path.resolve(__dirname, 'src', 'lib'),
      '@shared': resolve(__dirname, '..', 'shared'),
      '@up': path.join(fileURLToPath(new URL('..', import.meta.url)), 'shared'),
      '@url': new URL('./src', import.meta.url).pathname,
      '@unknown': path.resolve(__dirname, folder, 'src'),
      '@src/lib': './lib',
      '@src': './src',
    } } }`,
    'a/lib/a.ts': '',
    'a/src/lib/a.ts': '',
    'shared/b.ts': '',
    'b/rollup.config.js':
      "export default { plugins: [alias({ entries: [], alias: [{ find: '@', replacement: '/src' }, { find: /^x/, replacement: 'src' }] })] }",
    'b/src/c.js': '',
    'c/svelte.config.js': "export default { kit: { files: { lib: 'source/lib' } } }",
    'c/src/lib/d.js': '',
    'c/source/lib/d.js': '',
    'd/webpack.config.js': "module.exports = { resolve: { alias: { own$: path.resolve(__dirname, 'src/e.js') } } }",
    'd/src/e.js': '',
    'd/src/e.js/f.js': '',
  })
  assert.equal(resolve('@lib/a', 'a/src/b.ts'), 'a/src/lib/a.ts')
  assert.equal(resolve('@shared/b', 'a/src/b.ts'), 'shared/b.ts')
  assert.equal(resolve('@up/b', 'a/src/b.ts'), 'shared/b.ts')
  assert.equal(resolve('@url/lib/a', 'a/src/b.ts'), 'a/src/lib/a.ts')
  assert.equal(resolve('@unknown/lib/a', 'a/src/b.ts'), undefined)
  assert.equal(resolve('@src/lib/a', 'a/src/b.ts'), 'a/lib/a.ts')
  assert.equal(resolve('@/c', 'b/main.js'), 'b/src/c.js')
  assert.equal(resolve('$lib/d', 'c/main.js'), 'c/source/lib/d.js')
  assert.equal(resolve('own', 'd/main.js'), 'd/src/e.js')
  assert.equal(resolve('own/f', 'd/main.js'), undefined)
})

test('manifests of any shape are passed over', async () => {
  const resolve = await resolver({
    'package.json': '[1, 2]',
    'a/package.json': '{"name": 7, "exports": [[["./x.js"]]], "main": {}}',
    'b/package.json': '{"name": "b", "exports": null, "main": "../../../etc/passwd"}',
    'c/package.json': '{"name": "__proto__", "exports": {"constructor": "./x.js"}}',
    'd/package.json': `{"name": "d", "exports": ${'['.repeat(20_000)}"./x.js"${']'.repeat(20_000)}}`,
    'tsconfig.json': '{"compilerOptions": {"paths": {"*": [3, "x/*"], "__proto__": 1}, "baseUrl": 4}}',
    'e/tsconfig.json': '{"compilerOptions": '.concat('['.repeat(100_000)),
  })
  for (const name of ['b', '__proto__', 'd', 'constructor', '#x', 'a']) {
    assert.equal(resolve(name, 'main.ts'), undefined, name)
  }
})

test('declarations import the declarations beside them, and imports of generated files lead to their sources', async () => {
  const inventory = await inventoryOf({ 'src/a.ts': '', 'build/a.d.ts': '', 'build/b.d.ts': '', 'build/a.js': '' })
  const paths = inventory.files.map(({ path }) => path)
  const resolve = createResolve(new Set(paths), new Map(), new Set(paths.filter((path) => path !== 'build/a.js')))
  assert.equal(resolve('./a.js', 'build/b.d.ts'), 'build/a.d.ts')
  const sources = createResolve(new Set(paths), new Map(), new Set(['src/a.ts', 'test/a.test.js']))
  assert.equal(sources('./a.js', 'build/b.d.ts'), 'src/a.ts')
  assert.equal(sources('../build/a.js', 'test/a.test.js'), 'src/a.ts')
})

test('a name that several `export *` give to different values is not exported', async () => {
  const { exports } = await analyseTexts({
    'a.js': "export const x = 1\nexport const own = 1\nexport { z } from './c.js'\n",
    'b.js': "export const x = 2\nexport const y = 1\nexport const own = 2\nexport { z } from './c.js'\n",
    'c.js': 'export const z = 1\n',
    'index.js': "export * from './a.js'\nexport * from './b.js'\nexport const own = 3\n",
  })
  assert.deepEqual(
    exports['index.js']?.map(({ name, to }) => `${name} ${to}`),
    ['own index.js#own', 'y b.js#y', 'z c.js#z'],
  )
})
