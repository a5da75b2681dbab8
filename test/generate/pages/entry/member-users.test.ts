/** What the lines of functions without entries say of their users. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from '../real-sample.ts'

const all = async (texts: Record<string, string>): Promise<string> => [...(await pagesOf(texts)).values()].join('\n')

test('methods without documentation and internal functions name the code that uses them, but not tests', async () => {
  const page = await all({
    'Cargo.toml': '[package]\nname = "store"\nversion = "1.0.0"\n',
    'src/lib.rs':
      'pub struct Store;\n\nimpl Store {\n    pub fn open() -> Self {\n        read();\n        Self\n    }\n}\n\n/// Reads all.\nfn read() {}\n\nfn skip() {}\n\npub fn run() {\n    Store::open();\n}\n\n#[cfg(test)]\n#[test]\nfn reads() {\n    read();\n}\n',
  })
  assert.match(page, /^- `pub fn open\(\) -> Self` · lines 4 to 7 · some uses: `run`$/m)
  assert.match(page, /^- `fn read\(\)`: Reads all\. · line 11 · some uses: `Store::open`$/m)
  assert.match(page, /^### Without description\n\n- `fn skip\(\)`\n- `pub fn run\(\)`\n- `fn reads\(\)`$/m)
})

test('uses that calls on values of unknown type may add to are told with a hedge', async () => {
  const page = await all({
    'app/clock.py':
      'class Clock:\n    """Counts the hours since noon."""\n\n    def now(self):\n        return 1\n\n    def other(self):\n        return self.now()\n',
    'app/use.py': 'def use(given):\n    return given.now()\n',
  })
  assert.match(page, /^- `def now\(self\)` · lines 4 to 5 · some uses: `Clock\.other`$/m)
})

test('the methods of internal types have lines if something describes them', async () => {
  const page = await all({
    'app/clock.py':
      'def tell():\n    """Tells the time."""\n    return _Clock().now()\n\n\nclass _Clock:\n    """Counts the hours since noon."""\n\n    step = 1\n\n    def now(self):\n        """Reads the dial."""\n        return self._read()\n\n    def _read(self):\n        return 1\n',
  })
  assert.match(
    page,
    /^- `_Clock` `class _Clock`: Counts the hours since noon\. · has `step`, `_read`\n {2}- `def now\(self\)`: Reads the dial\. · lines 11 to 13 · some uses: `tell`\n\n/m,
  )
})

test('a class that only decides whether a method of it is defined does not use it', async () => {
  const page = await all({
    'app/convert.py':
      'try:\n    from tomli_w import dumps\nexcept ImportError:\n    dumps = None\n\n\nclass Converter:\n    """Turns values into text."""\n\n    if dumps is not None:\n\n        def dumps(self, given):\n            return dumps(given)\n',
  })
  assert.match(page, /^- `def dumps\(self, given\)` \(`if dumps is not None`\) · lines 12 to 13$/m)
})
