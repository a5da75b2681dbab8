import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bridgesOf } from './bridges-of.ts'

test('Python imports modules of Rust and C++ by the names that these declare', async () => {
  const { edges } = await bridgesOf({
    'Cargo.toml': '[package]\nname = "x"\n',
    'src/lib.rs':
      'use pyo3::prelude::*;\n\n#[pyfunction]\n#[pyo3(signature = (a,\n    b = None))]\nfn fast(a: i32, b: i32) -> i32 { a }\n\n#[pyclass(name = "Thing")]\nstruct PyThing {}\n\nfn hidden() {}\n\n#[pymodule]\nfn _core(m: &Bound<PyModule>) -> PyResult<()> { Ok(()) }\n',
    'pkg/__init__.py': 'from ._core import Thing, fast, hidden\nfrom ._other import fast\nfrom . import _core\n',
    'cpp/ext.cpp':
      '#include <pybind11/pybind11.h>\nint add(int a, int b) { return a + b; }\nPYBIND11_MODULE(ext, m) {\n  m.def("plus", &add, "adds");\n}\n',
    'use.py': 'import ext\n\ndef f():\n    from ext import plus\n    return plus(1, 2)\n',
    'same/ext.txt': '',
  })
  assert.deepEqual(edges, [
    'pkg/__init__.py imports src/lib.rs',
    'pkg/__init__.py references src/lib.rs#PyThing',
    'pkg/__init__.py references src/lib.rs#fast',
    'use.py imports cpp/ext.cpp',
    'use.py#f references cpp/ext.cpp#add',
  ])
})

test('a Rust file outside a crate exports only its own functions', async () => {
  const text = (module: string, name: string): string =>
    `use pyo3::prelude::*;\n#[pyfunction]\nfn ${name}() {}\n#[pymodule]\nfn ${module}(m: &Bound<PyModule>) -> PyResult<()> { Ok(()) }\n`
  const { edges } = await bridgesOf({
    'a/lib.rs': text('first', 'fast'),
    'b/lib.rs': text('second', 'slow'),
    'use.py': 'from first import fast, slow\n',
  })
  assert.deepEqual(edges, ['use.py imports a/lib.rs', 'use.py references a/lib.rs#fast'])
})

test('the prototype of an initialisation function declares no other module', async () => {
  const { edges } = await bridgesOf({
    'fast.c':
      '#include <Python.h>\nPyMODINIT_FUNC PyInit_fast(void);\n\nPyMODINIT_FUNC\nPyInit_fast(void)\n{\n  return NULL;\n}\n',
    'use.py': 'import fast\n',
  })
  assert.deepEqual(edges, ['use.py imports fast.c'])
})

test('Python imports modules that a C++ program embeds', async () => {
  const { edges } = await bridgesOf({
    'app.cpp': '#include <pybind11/embed.h>\nPYBIND11_EMBEDDED_MODULE(host, m) {}\n',
    'use.py': 'import host\n',
  })
  assert.deepEqual(edges, ['use.py imports app.cpp'])
})

test('a module of Python hides an extension of its name', async () => {
  const { edges } = await bridgesOf({
    'ext.cpp': '#include <pybind11/pybind11.h>\nPYBIND11_MODULE(ext, m) {}\n',
    'ext.py': '',
    'use.py': 'import ext\n',
  })
  assert.deepEqual(edges, [])
})
