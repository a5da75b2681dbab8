import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bridgesOf } from './bridges-of.ts'

test('Flask and FastAPI: decorators, prefixes of the file, applications that are imported; nothing from docstrings', async () => {
  const { routes } = await bridgesOf({
    'app/main.py':
      'from fastapi import FastAPI\n\napp = FastAPI()\n\n@app.get("/")\nasync def root():\n    """\n    @app.get("/no")\n    def no(): ...\n    """\n',
    'app/more.py':
      'from .main import app as base\n\n@base.post(\n    "/more",\n    status_code=201,\n)\ndef more():\n    return 1\n',
    'app/users.py':
      'from flask import Blueprint, Flask\n\nbp = Blueprint("u", __name__, url_prefix="/u")\n\n@bp.route("/x/<int:id>", methods=["GET", "POST"])\n@login(\n  1\n)\ndef show(id):\n    return id\n\ndef plain():\n    return 1\n\nbp.add_url_rule("/plain", view_func=plain)\n# @bp.get("/comment")\n\ndef register(other: Flask):\n    @other.get("/inner")\n    def inner(): ...\n',
    'app/none.py': 'import flask\n\nclass Client: ...\nclient = Client()\n\n@client.get("/no")\ndef no(): ...\n',
    'tests/test_a.py': 'from flask import Flask\napp = Flask("t")\n@app.get("/t")\ndef t(): ...\n',
  })
  assert.deepEqual(routes, [
    'app/main.py:5-6 GET / [FastAPI] -> app/main.py#root',
    'app/more.py:3-7 POST /more [FastAPI] -> app/more.py#more',
    'app/users.py:19-20 GET /inner [Flask] -> ',
    'app/users.py:15-15 GET /u/plain [Flask] -> app/users.py#plain',
    'app/users.py:5-9 GET /u/x/<int:id> [Flask] -> app/users.py#show',
    'app/users.py:5-9 POST /u/x/<int:id> [Flask] -> app/users.py#show',
  ])
})

test('Django: views by their modules, classes and wrappers; what is included is used', async () => {
  const { routes, templates } = await bridgesOf({
    'shop/urls.py':
      'from django.urls import include, path, re_path\nfrom shop import views as v\nfrom shop.pages import views\n\nurlpatterns = [\n    path("a/<int:id>/", v.show),\n    path("b/", views.Home.as_view(), name="b"),\n    re_path(r"^c/(?P<x>\\d+)$", login_required(views.closed)),\n    path("d/", include("shop.pages.urls")),\n    path(computed(), v.show),\n]\n',
    'shop/__init__.py': '',
    'shop/views.py': 'def show(request, id): ...\n',
    'shop/pages/__init__.py': '',
    'shop/pages/urls.py': 'urlpatterns = []\n',
    'shop/pages/views.py':
      'from django.shortcuts import render\n\nclass Home:\n    template_name = "pages/home.html"\n\ndef closed(request):\n    return render(request, "pages/closed.html")\n\ndef twice(request):\n    return render(request, "same.html")\n',
    'shop/templates/pages/home.html': '',
    'shop/pages/templates/pages/closed.html': '',
    'a/templates/same.html': '',
    'b/templates/same.html': '',
  })
  assert.deepEqual(routes, [
    'shop/urls.py:6-6 ANY /a/<int:id>/ [Django] -> shop/views.py#show',
    'shop/urls.py:7-7 ANY /b/ [Django] -> shop/pages/views.py#Home',
    'shop/urls.py:8-8 ANY /c/(?P<x>\\d+) [Django] -> shop/pages/views.py#closed',
  ])
  assert.deepEqual(templates, [
    'shop/pages/views.py#Home -> shop/templates/pages/home.html',
    'shop/pages/views.py#closed -> shop/pages/templates/pages/closed.html',
    'shop/urls.py -> shop/pages/urls.py',
  ])
})

test('Express, Hono, Fastify and Nest: only on what the framework made', async () => {
  const { routes, templates } = await bridgesOf({
    'express.js':
      "const express = require('express')\nconst users = require('./users')\nconst app = module.exports = express()\nconst router = express.Router()\napp.get('env')\napp.get('/u/:id', auth, users.show)\nrouter.route('/r').get(users.list).post((req, res) => res.render('new'))\nother.get('/no', users.show)\n// app.get('/comment', users.show)\nconst text = `app.get('/text', users.show)`\n",
    'users.js': 'exports.show = function show() {}\nexports.list = function list() {}\n',
    'views/new.ejs': '',
    'hono.ts':
      "import { Hono } from 'hono'\nimport { home } from './home'\n\nconst app = new Hono<{ Bindings: { A: string } }>().basePath('/v1')\n  .get('/', home)\n  .post('/x', (c) => c.text(`${[1].map((n) => `{${n}`)}`))\napp.all('/any', home)\n",
    'home.ts': 'export function home() {}\n',
    'plain.ts': "import { Hono } from './hono'\nconst app = new Hono()\napp.get('/no', home)\n",
    'fast.ts':
      "import type { FastifyInstance } from 'fastify'\nexport async function routes(server: FastifyInstance) {\n  server.get('/f', { schema }, async () => 1)\n}\n",
    'cats.controller.ts':
      "import { Controller, Get, Post } from '@nestjs/common'\n\n@Controller('cats')\nexport class Cats {\n  @Get(':id')\n  @Other({ a: 1 })\n  async find(id: string) {}\n\n  @Post()\n  add() {}\n}\n",
  })
  assert.deepEqual(routes, [
    'cats.controller.ts:5-7 GET /cats/:id [Nest] -> cats.controller.ts#Cats.find',
    'cats.controller.ts:9-10 POST /cats [Nest] -> cats.controller.ts#Cats.add',
    'express.js:7-7 GET /r [Express] -> users.js#list',
    'express.js:6-6 GET /u/:id [Express] -> users.js#show',
    'express.js:7-7 POST /r [Express] -> ',
    'fast.ts:3-3 GET /f [Fastify] -> ',
    'hono.ts:7-7 ANY /v1/any [Hono] -> home.ts#home',
    'hono.ts:5-5 GET /v1 [Hono] -> home.ts#home',
    'hono.ts:6-6 POST /v1/x [Hono] -> ',
  ])
  assert.deepEqual(templates, ['express.js -> views/new.ejs'])
})

test('Nest: a quoted key, a class without a name, and SEARCH', async () => {
  const { routes } = await bridgesOf({
    'a.controller.ts': `import { Controller, Get } from '@nestjs/common'

@Controller({ 'path': 'quoted', 'host': 'path' })
export class Cats {
  @Get('one')
  one() {}
}
`,
    'b.controller.ts': `import { Controller, Search } from '@nestjs/common'
import { Base } from './base'

@Controller('plain')
export default class extends Base {
  @Search('two')
  two() {}
}
`,
  })
  assert.deepEqual(routes, [
    'a.controller.ts:5-6 GET /quoted/one [Nest] -> a.controller.ts#Cats.one',
    'b.controller.ts:6-7 SEARCH /plain/two [Nest] -> b.controller.ts#default.two',
  ])
})

test('Nest: objects, lists, server-sent events, aliases and modifiers', async () => {
  const { routes } = await bridgesOf({
    'cats.controller.ts': `import { All, Controller, Get as Read, Sse } from '@nestjs/common'
import { Get } from './own'

@Controller({ path: ['cats', 'felines'], version: '1' })
export class Cats {
  @Read(['a', \`b\`])
  public override async both() {}

  @Sse('events')
  events() {}

  @Read(\`\${x}/a\`)
  computed() {}

  @Get('no')
  other() {}
}

@Controller({ host: 'a.example' })
export class Root {
  @All()
  protected async async() {}
}

@Controller({ ...more })
export class Unknown {
  @Read()
  no() {}
}
`,
  })
  assert.deepEqual(
    routes.map((route) => route.replace(/^\S+ (.*) \[Nest\] -> .*#/, '$1 ')),
    [
      'ANY / Root.async',
      'GET /cats/a Cats.both',
      'GET /cats/b Cats.both',
      'GET /cats/events Cats.events',
      'GET /felines/a Cats.both',
      'GET /felines/b Cats.both',
      'GET /felines/events Cats.events',
    ],
  )
})

test('Gin, Chi and net/http: groups belong to their function', async () => {
  const { routes } = await bridgesOf({
    'go.mod': 'module x\n',
    'main.go':
      'package main\n\nimport (\n\t"net/http"\n\n\t"github.com/gin-gonic/gin"\n)\n\ntype Server struct {\n\tengine *gin.Engine\n}\n\nfunc main() {\n\tr := gin.Default()\n\tv1 := r.Group("/v1")\n\tv1.GET("/a/:id", show)\n\tr.Handle("PUT", "/b", show)\n\thttp.HandleFunc("/h", plain)\n}\n\nfunc (s *Server) routes() {\n\ts.engine.POST("/c", func(c *gin.Context) {})\n\tv1.GET("/no", show)\n\tclient.GET("/no", show)\n}\n\nfunc under(g *gin.RouterGroup) {\n\tg.DELETE("/d", show)\n}\n\nfunc show(c *gin.Context) {}\n\nfunc plain(w http.ResponseWriter, r *http.Request) {}\n',
  })
  assert.deepEqual(routes, [
    'main.go:18-18 ANY /h [net/http] -> main.go#plain',
    'main.go:16-16 GET /v1/a/:id [Gin] -> main.go#show',
    'main.go:22-22 POST /c [Gin] -> ',
    'main.go:17-17 PUT /b [Gin] -> main.go#show',
  ])
})

test('Spring: the prefix of the class, several paths, views that are returned', async () => {
  const { routes, templates } = await bridgesOf({
    'src/main/java/a/Owners.java':
      'package a;\n\nimport org.springframework.stereotype.Controller;\n\n@Controller\n@RequestMapping("/owners")\nclass Owners {\n  private static final String FORM = "owners/form";\n\n  @GetMapping({ "/new", "/add" })\n  public String add(@RequestParam(defaultValue = "1") int page) {\n    return FORM;\n  }\n\n  @RequestMapping(value = "/x", method = RequestMethod.POST)\n  @ResponseBody\n  public String x() {\n    return "owners/form";\n  }\n\n  @PostMapping\n  public @ResponseBody String y() { return "owners/form"; }\n}\n\nclass Other {\n  @GetMapping("/no")\n  public String no() { return "owners/form"; }\n}\n',
    'src/main/resources/templates/owners/form.html': '',
  })
  assert.deepEqual(routes, [
    'src/main/java/a/Owners.java:10-11 GET /owners/add [Spring] -> src/main/java/a/Owners.java#Owners.add',
    'src/main/java/a/Owners.java:10-11 GET /owners/new [Spring] -> src/main/java/a/Owners.java#Owners.add',
    'src/main/java/a/Owners.java:21-22 POST /owners [Spring] -> src/main/java/a/Owners.java#Owners.y',
    'src/main/java/a/Owners.java:15-17 POST /owners/x [Spring] -> src/main/java/a/Owners.java#Owners.x',
  ])
  assert.deepEqual(templates, [
    'src/main/java/a/Owners.java#Owners.add -> src/main/resources/templates/owners/form.html',
  ])
})

test('Laravel, Slim and Sinatra: groups, classes and methods', async () => {
  const { routes, templates } = await bridgesOf({
    'composer.json': '{"autoload": {"psr-4": {"App\\\\": "app/"}}}',
    'routes/web.php':
      "<?php\nuse App\\Http\\UserController;\nuse Illuminate\\Support\\Facades\\Route;\n\nRoute::middleware('auth')->prefix('admin')->group(function () {\n    Route::get('users/{id}', [UserController::class, 'show'])->name('x');\n    Route::post('users', UserController::class);\n});\nRoute::prefix($computed)->group(function () {\n    Route::get('no', [UserController::class, 'show']);\n});\nRoute::get('/', function () { return view('home.start'); });\n// Route::get('/comment', [UserController::class, 'show']);\n",
    'app/Http/UserController.php':
      '<?php\nnamespace App\\Http;\nclass UserController {\n    public function show($id) {}\n    public function __invoke() {}\n}\n',
    'resources/views/home/start.blade.php': '',
    'resources/routes.txt': '',
    'slim.php':
      "<?php\nuse Slim\\App;\nuse App\\Http\\UserController;\nreturn function (App $app) {\n    $app->group('/g', function (Group $group) {\n        $group->get('/{id}', UserController::class . ':show');\n    });\n    $other->get('/no', UserController::class);\n};\n",
    'app.rb': "require 'sinatra'\n\nget '/x/:id' do\n  erb :show\nend\n\n# get '/comment' do\nget config do\nend\n",
    'views/show.erb': '',
  })
  assert.deepEqual(routes, [
    'app.rb:3-3 GET /x/:id [Sinatra] -> ',
    'routes/web.php:12-12 GET / [Laravel] -> ',
    'routes/web.php:6-6 GET /admin/users/{id} [Laravel] -> app/Http/UserController.php#UserController.show',
    'routes/web.php:7-7 POST /admin/users [Laravel] -> app/Http/UserController.php#UserController.__invoke',
    'slim.php:6-6 GET /g/{id} [Slim] -> app/Http/UserController.php#UserController.show',
  ])
  assert.deepEqual(templates, ['app.rb -> views/show.erb'])
})

test('the prefix of a Laravel route is known in full, or the route is left out', async () => {
  const routesIn = async (code: string): Promise<string[]> => {
    const text = `<?php\nuse Illuminate\\Support\\Facades\\Route;\n${code}`
    const { routes } = await bridgesOf({ 'routes/web.php': text })
    return routes.map((route) => route.replace(/^\S+ | \[Laravel.*/g, ''))
  }
  const users = "Route::get('/users', [X::class, 'index'])"
  const group = `group(function () {\n  ${users};\n});`
  const known = [
    `Route::group(array('prefix' => 'admin'), function () {\n  ${users};\n});`,
    `Route::group(['as' => 'x', 'prefix' => 'admin'], function () {\n  ${users};\n});`,
    `Route::middleware(config('x.mw'))->prefix('admin')->${group}`,
    `Route::middleware([\n  'auth',\n])->prefix('admin')->${group}`,
    `Route::prefix('admin')->middleware([\n  'auth',\n])->${group}`,
    `Route::prefix('admin')->get('/users', [X::class, 'index']);`,
    `${users}->name('users')->prefix('admin');`,
  ]
  for (const code of known) assert.deepEqual(await routesIn(code), ['GET /admin/users'], code)
  const computed = [
    `Route::group($options, function () {\n  ${users};\n});`,
    `Route::group([...$options], function () {\n  ${users};\n});`,
    `Route::group(['prefix' => $p], function () {\n  ${users};\n});`,
    `Route::group(['x' => 1] + $options, function () {\n  ${users};\n});`,
    `Route::prefix($p)->get('/users', [X::class, 'index']);`,
    `Route::prefix('api/' . $version)->${group}`,
    `${users}->prefix($p);`,
  ]
  for (const code of computed) assert.deepEqual(await routesIn(code), [], code)
  assert.deepEqual(await routesIn(`Route::group(['middleware' => 'web'], function () {\n  ${users};\n});`), [
    'GET /users',
  ])
  const match = (methods: string) => routesIn(`Route::match(${methods}, '/m', [X::class, 'index']);`)
  assert.deepEqual(await match("['get', 'post']"), ['GET /m', 'POST /m'])
  assert.deepEqual(await match("array('GET')"), ['GET /m'])
  assert.deepEqual(await match('$methods'), ['ANY /m'])
})

test('the methods that a Slim route maps are read', async () => {
  const { routes } = await bridgesOf({
    'slim.php': "<?php\nuse Slim\\App;\n$app = new App();\n$app->map(['GET', 'PUT'], '/x', X::class);\n",
  })
  assert.deepEqual(routes, ['slim.php:4-4 GET /x [Slim] -> ', 'slim.php:4-4 PUT /x [Slim] -> '])
})
