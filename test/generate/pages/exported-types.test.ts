import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Surface, SurfacePath } from '#generate/model.ts'
import { typesIn } from '#generate/pages/public-api/exported-types.ts'
import type { Writing } from '#generate/pages/writing.ts'

test('a path exports as types what its own file lists with `type`, in either form', () => {
  const files = {
    'src/index.ts':
      "export {\n  // Plans, of legs.\n  type Plan, /* new */\n  type Leg as Part,\n  type as kind,\n  launch,\n} from './plan'\nexport type { Burn, Orbit } from './burn'\n",
    'src/server.ts': "export { Plan } from './plan'\n",
    'parts/index.ts': "export { Burn, launch } from './burn'\n",
  }
  const writing = {
    packages: [
      {
        ...{ ecosystem: 'npm', name: 'orbit', folder: '' },
        entries: [
          { subpath: '.', file: 'src/index.ts' },
          { subpath: './server', file: 'src/server.ts' },
        ],
      },
      { ecosystem: 'npm', name: 'parts', folder: 'parts', entries: [{ subpath: '.', file: 'parts/index.ts' }] },
    ],
    repo: {
      components: new Map(),
      files: new Map(Object.entries(files).map(([path, text]) => [path, { path, text }])),
    },
  } as never as Writing
  const typesOf = (name: string, folder: string, subpath = ''): string[] => {
    const names = ['Burn', 'Leg', 'Orbit', 'Part', 'Plan', 'kind', 'launch'].map((one) => ({ name: one, to: null }))
    const surface = { ecosystem: 'npm', package: name, folder } as Surface
    return [...typesIn(writing, surface, { path: `${name}${subpath}`, language: 'typescript', names } as SurfacePath)]
  }
  assert.deepEqual(typesOf('orbit', ''), ['Burn', 'Orbit', 'Part', 'Plan'])
  assert.deepEqual(typesOf('orbit', '', '/server'), [])
  assert.deepEqual(typesOf('parts', 'parts'), [])
})
