PYTHON ?= python3
N ?= 10000
SHARE ?= 1
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup serve check build test lint vnu lighthouse sheet pictures bench weights fuzz campaign admin wheel e2e lock licences audit clean

help: ## 列出所有目标 / list the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-10s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.ready ## 建好运行环境 .venv / create the environment .venv

serve: setup ## 本地预览，改动即刷新 / preview locally, reloading on every change
	$(BIN)/gongshi serve

check: setup ## 检查记录 / check the records
	$(BIN)/gongshi check

build: setup ## 生成网站到 site/ / build the site into site/
	$(BIN)/gongshi build

test: .venv/.ready-dev ## 跑全部测试 / run all the tests
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/.ready-dev ## 检查代码风格与类型 / check the code's style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

vnu: .venv/.ready-dev tests/audit/node_modules/.ready ## 检查全部页面的 HTML，要 Java 和 Node / check the HTML of all pages (Java, Node)
	@command -v java >/dev/null || { echo '需要 Java / Java is needed' >&2; exit 1; }
	$(BIN)/python -m tests.audit.vnu

lighthouse: .venv/.ready-dev tests/audit/node_modules/.ready ## 用 Lighthouse 给四个页面打分，要 Node / score four pages with Lighthouse (Node)
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m tests.audit.lighthouse

sheet: .venv/.ready-dev ## 十二个页面、四种样子拼成一张图 / 12 pages in 4 modes on one picture: build/sheet.png
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m tests.audit.pictures sheet

pictures: .venv/.ready-dev ## 重做 README 和手册的图片，要 Node / remake the pictures of README and manuals (Node)
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m tests.audit.pictures pictures
	$(BIN)/python -m tests.audit.manuals

bench: setup ## 性能测试，N 为记录数 / benchmark with N records (make bench N=1000)
	$(BIN)/python -m tests.bench $(N)

weights: .venv/.ready-dev ## 每类页面有多重，超限即失败 / what pages weigh, failing over a limit
	$(BIN)/python -m tests.weights

fuzz: .venv/.ready-dev ## 乱改文件看会不会崩溃 / damage files and read them, SECONDS=60 (FIRST=1: another beginning)
	$(BIN)/python -m tests.campaign.fuzz $(or $(SECONDS),60) $(FIRST)

campaign: .venv/.ready-dev ## 断电、坏盘、并发、恶意输入全跑一遍，出一张表 / every fault campaign, one table (SHARE=0.1: a tenth)
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m tests.campaign $(SHARE) $(NAMES)

e2e: .venv/.ready-dev ## 从表格走到网页，每步几秒 / from a sheet to the served page, with the seconds of each step
	$(BIN)/python -m pytest -s tests/test_end_to_end.py

wheel: setup ## 打包程序到 dist/，给社区自己的仓库用 / pack the program into dist/, for towns' own repositories
	$(BIN)/python -m hatchling build -t wheel -d dist
	@test -d theme/admin/dist || echo '不带网页表单；要带，先 make admin / without the forms: make admin first' >&2

admin: theme/admin/dist/.ready ## 做好网页表单 /admin/ 的程序，要 Node / make the program of the forms at /admin/ (Node)

lock: ## 更新锁文件 / remake the lock files (UPGRADE=--upgrade: newest versions)
	@venv=$$(mktemp -d) && trap 'rm -rf "$$venv"' EXIT && \
	$(PYTHON) -m venv "$$venv" && "$$venv/bin/python" -m pip --disable-pip-version-check --quiet install uv && \
	compile() { "$$venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	    --custom-compile-command 'make lock' $(UPGRADE) --extra search pyproject.toml "$$@" >/dev/null; } && \
	compile --group build -o requirements.lock && \
	compile --group dev -c requirements.lock -o requirements-dev.lock

licences: .venv/.ready-dev ## 重写第三方许可证清单 THIRD-PARTY.md / remake the list of third-party licences
	$(BIN)/python -m tests.audit.licences

audit: .venv/.ready-dev ## 查锁文件里的包有没有已知漏洞，要联网、要 Node / ask for known faults of what the locks pin (network, Node)
	@venv=$$(mktemp -d) && trap 'rm -rf "$$venv"' EXIT && \
	$(PYTHON) -m venv "$$venv" && "$$venv/bin/python" -m pip --disable-pip-version-check --quiet install pip-audit && \
	$(BIN)/python -m tests.audit.vulnerabilities "$$venv/bin/pip-audit"

clean: ## 删除环境、缓存和生成的网站 / remove the environment, the caches and the built site
	rm -rf .venv .cache site dist build tests/audit/node_modules theme/admin/node_modules theme/admin/dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo '需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed: make PYTHON=python3.12 ...' >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || { \
	    echo '这个 Python 缺 venv / this Python lacks venv: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-dev: .venv/.ready requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

tests/audit/node_modules/.ready: tests/audit/package-lock.json
	@command -v npm >/dev/null || { echo '需要 Node 和 npm / Node and npm are needed' >&2; exit 1; }
	cd tests/audit && npm ci
	@touch $@

theme/admin/dist/.ready: theme/admin/node_modules/.ready $(wildcard theme/admin/*.js theme/admin/*.css theme/admin/*.json)
	cd theme/admin && npm run build
	@touch $@

theme/admin/node_modules/.ready: theme/admin/package-lock.json
	@command -v npm >/dev/null || { echo '需要 Node 和 npm / Node and npm are needed' >&2; exit 1; }
	cd theme/admin && npm ci
	@touch $@
