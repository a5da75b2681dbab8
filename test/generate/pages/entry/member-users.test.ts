/** What the lines of functions without entries say of their users. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from '../real-sample.ts'

const all = async (texts: Record<string, string>): Promise<string> => [...(await pagesOf(texts)).values()].join('\n')

test('functions and methods without documentation name the code that uses them, but not tests', async () => {
  const page = await all({
    'Cargo.toml': '[package]\nname = "store"\nversion = "1.0.0"\n',
    'src/lib.rs':
      'pub struct Store;\n\nimpl Store {\n    pub fn open() -> Self {\n        read();\n        Self\n    }\n}\n\n/// Reads all.\nfn read() {}\n\nfn skip() {}\n\npub fn run() {\n    Store::open();\n}\n\n#[cfg(test)]\n#[test]\nfn reads() {\n    read();\n}\n',
  })
  assert.match(page, /^- `pub fn open\(\) -> Self` · lines 4 to 7 · used by `run`$/m)
  assert.match(page, /^- `fn read\(\)`: Reads all\. · line 11 · used by `Store::open`$/m)
  assert.match(page, /^### Without description\n\n- `fn skip\(\)`\n- `fn reads\(\)`$/m)
})

test('uses that calls on values of unknown type may add to are told with a hedge', async () => {
  const page = await all({
    'app/clock.py':
      'class Clock:\n    def now(self):\n        return 1\n\n    def other(self):\n        return self.now()\n',
    'app/use.py': 'def use(given):\n    return given.now()\n',
  })
  assert.match(page, /^- `def now\(self\)` · lines 2 to 3 · some uses: `Clock\.other`$/m)
})

test('the methods of internal types have lines', async () => {
  const page = await all({
    'app/clock.py':
      'def tell():\n    """Tells the time."""\n    return _Clock().now()\n\n\nclass _Clock:\n    step = 1\n\n    def now(self):\n        return self._read()\n\n    def _read(self):\n        return 1\n',
  })
  assert.match(
    page,
    /^- `_Clock` `class _Clock` · has `step`\n {2}- `def now\(self\)` · lines 9 to 10 · used by `tell`\n {2}- `def _read\(self\)` · lines 12 to 13 · used by `_Clock\.now`$/m,
  )
})

test('a class that only decides whether a method of it is defined does not use it', async () => {
  const page = await all({
    'app/convert.py':
      'try:\n    from tomli_w import dumps\nexcept ImportError:\n    dumps = None\n\n\nclass Converter:\n    if dumps is not None:\n\n        def dumps(self, given):\n            return dumps(given)\n',
  })
  assert.match(page, /^- `def dumps\(self, given\)` \(`if dumps is not None`\) · lines 10 to 11$/m)
})
