import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseTexts, edgeTexts, type Texts } from './analyse-texts.ts'

const importsFrom = async (texts: Texts, from: string): Promise<string[]> =>
  edgeTexts(await analyseTexts(texts), (edge) => edge.kind === 'imports' && edge.from === from).map(
    (edge) => edge.split(' ')[2] ?? '',
  )

test('a script imports its siblings, and not what has the name of a standard module elsewhere', async () => {
  const texts = {
    'scripts/run.py': 'import helper\nimport json\nimport yaml\n',
    'scripts/helper.py': '',
    'other/helper.py': '',
    'tests/json/__init__.py': '',
    'tests/yaml/__init__.py': '',
  }
  assert.deepEqual(await importsFrom(texts, 'scripts/run.py'), ['scripts/helper.py'])
})

test('in a monorepo the nearest package of a name wins, and packages see each other', async () => {
  const texts = {
    'libs/a/pyproject.toml': '',
    'libs/a/src/alpha/__init__.py': 'import beta\n',
    'libs/a/tests/__init__.py': '',
    'libs/a/tests/tools.py': '',
    'libs/a/tests/test_a.py': 'import tests.tools\nimport alpha\n',
    'libs/b/pyproject.toml': '',
    'libs/b/src/beta/__init__.py': '',
    'libs/b/tests/__init__.py': '',
    'libs/b/tests/tools.py': '',
  }
  assert.deepEqual(await importsFrom(texts, 'libs/a/tests/test_a.py'), [
    'libs/a/src/alpha/__init__.py',
    'libs/a/tests/tools.py',
  ])
  assert.deepEqual(await importsFrom(texts, 'libs/a/src/alpha/__init__.py'), ['libs/b/src/beta/__init__.py'])
})

test('namespace packages, declared folders and stubs are found', async () => {
  const texts = {
    'setup.cfg': '[options]\npackage_dir =\n    = code\n',
    'code/space/one/mod.py': 'from space.two import other\nimport space.two.other\n',
    'code/space/two/other.py': '',
    'code/space/two/other.pyi': '',
    'use.py': 'import space.one.mod\nfrom space import nothing\n',
  }
  assert.deepEqual(await importsFrom(texts, 'use.py'), ['code/space/one/mod.py'])
  assert.deepEqual(await importsFrom(texts, 'code/space/one/mod.py'), ['code/space/two/other.py'])
})

test('a project among tests is seen only from its own files', async () => {
  const texts = {
    'src/pkg/__init__.py': '',
    'tests/data/project/pyproject.toml': '[project]\nname = "project"\n',
    'tests/data/project/a.py': '',
    'tests/data/project/b.py': 'import a\n',
    'tests/data/cases/one.py': 'import a\nfrom pkg import b\n',
  }
  assert.deepEqual(await importsFrom(texts, 'tests/data/project/b.py'), ['tests/data/project/a.py'])
  assert.deepEqual(await importsFrom(texts, 'tests/data/cases/one.py'), ['src/pkg/__init__.py'])
})

test('cycles of imports, re-exports and stars end', async () => {
  const analysis = await analyseTexts({
    'p/__init__.py': 'from .a import *\nfrom .b import *\nfrom p import *\n',
    'p/a.py': 'from .b import *\nfrom .b import thing\nfrom . import __all__\n',
    'p/b.py': 'from .a import *\nfrom .a import thing\nthing()\nlost()\n',
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind !== 'imports'),
    [],
  )
})
