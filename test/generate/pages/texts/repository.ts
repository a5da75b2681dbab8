/** A repository that pages have much to say of, whose own words are in no language that pages are written in. */

import { analyse } from '#generate/analyse/analyse.ts'
import { inventoryOf } from '../../analyse/inventory-of.ts'
import type { Sample } from '../sample.ts'

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

const FILES: Record<string, string> = {
  'README.md': '# Qux\n\nQux zorb blarg fnord wibble quux.\n',
  LICENSE: 'Permission is hereby granted, free of charge, to any person obtaining a copy',
  'package.json': JSON.stringify({
    name: 'qux',
    description: 'Zorb blarg fnord.',
    bin: { qux: './src/cli/main.ts' },
    main: './src/index.ts',
    exports: { '.': './src/index.ts', './b': './src/b.ts' },
    scripts: { build: 'tsc', test: 'node --test' },
    dependencies: { hono: '4' },
  }),
  Dockerfile: 'FROM node:20\nEXPOSE 8080\n',
  '.env.example': '# Zorb blarg fnord quux wibble.\nQUX_PORT=1\nQUX_UNREAD=2\n# Fnord blarg zorb wibble.\nQUX_HOME=\n',
  'qux.sln': 'Microsoft Visual Studio Solution File\nProject("{A}") = "Qux", "Qux.csproj", "{B}"\nEndProject\n',
  'Qux.csproj':
    '<Project Sdk="Microsoft.NET.Sdk">\n<PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>\n<ItemGroup><PackageReference Include="Zorb" /></ItemGroup>\n</Project>\n',
  'schema.sql': 'CREATE TABLE zorb (id int);\n',
  '.github/workflows/ci.yml': [
    'name: Zorb',
    'on:',
    '  push:',
    '    branches: [main, next]',
    '    paths-ignore: [docs/**]',
    '  pull_request:',
    '    types: [opened]',
    '  schedule:',
    "    - cron: '30 0 * * 1'",
    "    - cron: '1 2 * * *'",
    "    - cron: '*/5 2 * * *'",
    '  workflow_dispatch:',
    '  workflow_call:',
    '  workflow_run:',
    '    workflows: [Blarg]',
    '  release:',
    'jobs:',
    '  build:',
    '    name: Fnord',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - run: npm run build',
    '  after:',
    '    needs: build',
    '    uses: ./.github/workflows/other.yml',
  ].join('\n'),
  'src/index.ts': "/** Zorb blarg. */\nexport { Base, make } from './base.ts'\nexport * from './store.ts'\n",
  'src/base.ts': [
    '/** Zorb blarg. */',
    'export abstract class Base {',
    '  #inner = 1',
    '  constructor(readonly store: Store) { make() }',
    '  /** Fnord. */',
    '  abstract run(): void',
    '  get size(): number { return this.#inner }',
    '}',
    "import { Store } from './store.ts'",
    'export const LIST = [\n  1,\n  2,\n]',
    'export interface Shape { side: number }',
    'export type Kind = string',
    '/** Quux wibble fnord zorb. */\nexport enum Hue {\n  /** Zorb quux blarg. */\n  A = 1,\n  B = 2,\n}',
    '/**\n * Zorb.\n * @param a Blarg.\n * @returns Fnord.\n * @throws {Error} Quux.\n * @deprecated Wibble.\n */',
    'export function old(a: Hue): Hue { return a }',
    many(
      9,
      (index) => `export class Sub${index} extends Base implements Shape { side = ${index}\n  run(): void { make() } }`,
    ),
    '/** Wibble fnord blarg quux. */\nexport function make(): Store { const a = hide(); return new Store() }',
    'function hide(): number { return Number(process.env.QUX_PORT ?? 3) }',
    'function hide2(): number { return hide() }',
  ].join('\n'),
  'src/store.ts': `/** Zorb quux fnord wibble. */\nexport class Store {\n  read(): string { return process.env.QUX_HOME ?? '' }\n}\n${many(9, (index) => `/** Quux fnord ${'zorb '.repeat(index + 1)}blarg. */\nexport function use${index}(store: Store): Store { return new Store() }`)}\n`,
  'src/cli/main.ts':
    "import { make } from '../base.ts'\nimport { Store, use1, use2, use3 } from '../store.ts'\n/** Blarg quux zorb wibble. */\nexport function main(given: () => void): void { for (const a of [1]) { if (a) { make() } }\n  new Store().read()\n  use1(new Store())\n  if (given === null) use2(new Store())\n  given()\n  setTimeout(() => use3(new Store())) }\nmain()\n",
  'src/web/app.ts':
    "import { Hono } from 'hono'\nimport { make } from '../base.ts'\nconst app = new Hono()\nexport function show(): void { make() }\napp.get('/a', show)\napp.post('/b', () => make())\nexport default app\n",
  'src/web/more.ts': many(
    12,
    (index) => `import { use${index % 9} as u${index} } from '../store.ts'\nexport const w${index} = u${index}`,
  ),
  'examples/a.ts': "import { make } from '../src/base.ts'\nmake()\n",
  'test/base.test.ts': "import { make } from '../src/base.ts'\nmake()\n",
  'native/x.zig': 'const a = 1;\n'.repeat(9),
}

export async function analysed(): Promise<Sample> {
  const inventory = await inventoryOf(FILES)
  const analysis = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  return { inventory, analysis }
}
