import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bridgesOf } from './bridges-of.ts'

test('JNI: by the name that the specification gives, overloads by their types', async () => {
  const { edges } = await bridgesOf({
    'src/p/Lib.java':
      'package p.q;\n\nclass Lib {\n  native int a_b(long x);\n  native void two(int x);\n  native void two(String s, byte[] b);\n  static class In {\n    native void f();\n  }\n  void plain() {}\n}\n',
    'lib.c':
      '#include <jni.h>\nJNIEXPORT jint JNICALL Java_p_q_Lib_a_1b(JNIEnv *e, jobject o, jlong x) { return 1; }\nJNIEXPORT void JNICALL Java_p_q_Lib_two__I(JNIEnv *e, jobject o, jint x) {}\nJNIEXPORT void JNICALL Java_p_q_Lib_two__Ljava_lang_String_2_3B(JNIEnv *e, jobject o, jstring s, jbyteArray b) {}\nJNIEXPORT void JNICALL Java_p_q_Lib_00024In_f(JNIEnv *e, jobject o) {}\nJNIEXPORT void JNICALL Java_p_q_Lib_plain(JNIEnv *e, jobject o) {}\nJNIEXPORT void JNICALL Java_other_Lib_two(JNIEnv *e, jobject o) {}\n',
  })
  assert.deepEqual(edges, [
    'src/p/Lib.java#Lib.In.f calls lib.c#Java_p_q_Lib_00024In_f',
    'src/p/Lib.java#Lib.a_b calls lib.c#Java_p_q_Lib_a_1b',
    'src/p/Lib.java#Lib.two calls lib.c#Java_p_q_Lib_two__I',
    'src/p/Lib.java#Lib.two~2 calls lib.c#Java_p_q_Lib_two__Ljava_lang_String_2_3B',
  ])
})

test('cgo: functions of the same folder, not those of the preamble and of other folders', async () => {
  const { edges } = await bridgesOf({
    'go.mod': 'module x\n',
    'p/p.go':
      'package p\n\n/*\n#include "p.h"\nstatic int here(int x) { return x; }\n*/\nimport "C"\n\nfunc F() int {\n\t// C.comment()\n\treturn int(C.there(1) + C.here(2) + C.far(3))\n}\n',
    'p/p.c': 'int there(int x) { return x; }\nint here(int x) { return x; }\nint comment(void) { return 0; }\n',
    'other/q.c': 'int far(int x) { return x; }\n',
  })
  assert.deepEqual(edges, ['p/p.go#F calls p/p.c#there'])
})

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

test('Rust: functions of C that the build script compiles', async () => {
  const { edges } = await bridgesOf({
    'Cargo.toml': '[package]\nname = "x"\nbuild = "build.rs"\n',
    'build.rs': 'fn main() {\n    cc::Build::new().file("c/fast.c").compile("fast");\n}\n',
    'c/fast.c': 'int fast(int x) { return x; }\n',
    'c/slow.c': 'int slow(int x) { return x; }\n',
    'src/lib.rs':
      'extern "C" {\n    fn fast(x: i32) -> i32;\n    fn slow(x: i32) -> i32;\n}\n\npub extern "C" fn other() {}\n',
  })
  assert.deepEqual(
    edges.map((edge) => edge.replace(/^src\/lib\.rs\S*/, 'src/lib.rs')),
    ['src/lib.rs calls c/fast.c#fast'],
  )
})
