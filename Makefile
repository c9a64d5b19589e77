# 直接输入 make 查看可用的命令。每个目标上方的“# make …”一行就是它的说明。

.DEFAULT_GOAL := help
.ONESHELL:
.DELETE_ON_ERROR:
SHELL := /bin/sh
.SHELLFLAGS := -euc

# 由使用者给出的值。只经环境变量交给程序：make 从不展开它们，也从不写进 shell 文本；是否合规由程序检查。
YEAR ?=
PROFILE :=
UNIT :=
PYTHON ?=
override YEAR := $(value YEAR)
override PROFILE := $(value PROFILE)
override UNIT := $(value UNIT)
override PYTHON := $(value PYTHON)
export YEAR PROFILE UNIT PYTHON

python := .venv/bin/python
program := .venv/bin/shuoming
mutmut := .venv/bin/mutmut

# make report YEAR=2022 [PROFILE=yibin]   检查数据，在 output/2022/ 生成部门预算说明；加 UNIT=027001 是那个单位的单位版
.PHONY: report
report: has-year $(program)
	@$(program) report $(year_and_profile)

# make page YEAR=2022 [PROFILE=yibin]     检查数据，在 output/2022/ 生成可以查来历的网页
.PHONY: page
page: has-year $(program)
	@$(program) report --format html $(year_and_profile)

# make preview YEAR=2022 [PROFILE=yibin]  在浏览器里边改边看，按 Ctrl-C 结束
.PHONY: preview
preview: has-year $(program)
	@$(program) preview $(year_and_profile)

# make check YEAR=2022 [PROFILE=yibin]    只检查数据，不生成文件
.PHONY: check
check: has-year $(program)
	@$(program) check $(year_and_profile)

# make test                               运行全部测试（标为 slow 的除外）
.PHONY: test
test: .venv/dev.stamp
	@$(python) -m pytest tests

# make soak                               随机损坏文件一万次、随机编造部门上千个、植入四千多种错误，约一小时
.PHONY: soak
soak: .venv/dev.stamp
	@SHUOMING_SOAK=1 $(python) -m pytest tests/test_damage.py tests/test_opc.py tests/test_properties.py tests/check/test_damaged.py \
	    tests/check/test_made_up.py tests/test_mistakes.py tests/compose/test_sandbox.py tests/render/docx/test_furniture.py tests/render/docx/test_doubts.py \
	    tests/render/docx/test_other_hands.py tests/render/docx/test_redline.py tests/render/docx/test_marked.py

# make lint                               检查代码：排版、写法、类型、模块之间的引用
.PHONY: lint
lint: .venv/dev.stamp
	@$(python) -m ruff format --check generator tests bench bundle
	$(python) -m ruff check generator tests bench bundle
	$(python) -m mypy
	.venv/bin/lint-imports

# make golden                             按现在的输出改写标准答案（改完请用 git diff 逐处核对）
.PHONY: golden
golden: .venv/dev.stamp
	@$(python) -m pytest tests --update-golden

# make schema                             按现在的格式方案和科目重写 schemas/（编辑器补全用）
.PHONY: schema
schema: $(program)
	@$(program) schema --output schemas --year 2022

# make bundle                             离线安装包：dist/ 里 Windows、Linux 各一个 zip（联网取各平台的库）
.PHONY: bundle
bundle: .venv/dev.stamp
	@$(python) -m bundle.build

# make bench [QUICK=1] [CITY=3000]        与 docxtpl 比较指令数、时间和内存，约5分钟，全市另计；QUICK=1 不做一万个项目和全市；CITY 是全市的部门数
.PHONY: bench
bench: .venv/dev.stamp
	@$(python) -m bench.run

# make mutate                             逐处改坏代码，看测试能否发现（要几个小时；可以中断，下次接着做）
.PHONY: mutate
mutate: .venv/mutate.stamp
	@$(mutmut) run
	$(mutmut) results

# make clean                              删除运行环境和缓存（不动 output/ 里的文件）
.PHONY: clean
clean:
	@rm -rf .venv build dist mutants *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

# make help                               显示这份说明
.PHONY: help
help:
	@echo '可用的命令：'
	sed -n 's/^# \(make [a-z].*\)/  \1/p' Makefile
	echo '可加 PYTHON=python3.12 指定用哪个 Python（3.11 或更新）建立运行环境。'

.PHONY: has-year
has-year:
	@test -n "$$YEAR" || { echo '错误：请给出年份，例如：make report YEAR=2022' >&2; exit 2; }

year_and_profile = $${PROFILE:+"--profile=$$PROFILE"} $${UNIT:+"--unit=$$UNIT"} -- "$$YEAR"

# ---- 运行环境 ----
# 戳记在，说明环境完整且与清单一致，什么也不做。换了清单、换了 PYTHON=、解释器不见了，就重建。

chosen := $(file <.venv/chosen)
stale := $(if $(wildcard .venv/runtime.stamp),$(if $(PYTHON),$(if $(filter-out _$(chosen),_$(PYTHON)),yes))$(shell test -x $(python) || echo yes))

.PHONY: stale
.venv/runtime.stamp: requirements/runtime.txt $(if $(stale),stale)
	@$(functions)
	$(find_python)
	echo '正在准备运行环境（仅首次）…' >&2
	{ rm -rf .venv && mkdir .venv; } 2>/dev/null || fail '无法在当前目录建立 .venv，请检查写权限。'
	"$$found" -m venv .venv >.venv/pip.log 2>&1 || fail '建立运行环境失败，详见 .venv/pip.log。'
	install_from requirements/runtime.txt
	printf '%s' "$$PYTHON" >.venv/chosen
	touch $@

# 运行这份检出里的程序，在哪个目录里、经过符号链接都可以；整个检出搬走了也可以。
define launcher
#!/bin/sh
self=$$0
if test -L "$$self"; then self=$$(readlink -f -- "$$self"); fi
bin=$${self%/*}
root=$$(CDPATH= cd -- "$$bin/../.." && pwd) || exit
exec "$$bin/python" -P -c 'import sys; sys.path.insert(0, sys.argv.pop(1)); from generator.cli import run; run()' "$$root" "$$@"
endef

$(program): .venv/runtime.stamp Makefile
	@$(file >$@,$(launcher))chmod +x $@

.venv/dev.stamp: requirements/dev.txt .venv/runtime.stamp
	@$(functions)
	echo '正在安装测试工具（仅首次）…' >&2
	install_from requirements/dev.txt
	touch $@

.venv/mutate.stamp: requirements/mutate.txt .venv/dev.stamp
	@$(functions)
	echo '正在安装 mutmut（仅首次）…' >&2
	install_from requirements/mutate.txt
	touch $@

define functions
fail() { echo "错误：$$1" >&2; exit 1; }
install_from() {
    : >.venv/pip.log
    # 清单列全了所有的库和校验值，所以不另找依赖，也不在本机编译。
    $(python) -m pip --log .venv/pip.log install --quiet --no-input --disable-pip-version-check --retries 2 \
        --require-hashes --no-deps --only-binary :all: -r "$$1" >>.venv/pip.log 2>&1 && return
    if grep -q 'DO NOT MATCH THE HASHES' .venv/pip.log; then
        fail "下载的库与 $$1 的校验值不符，没有安装；详见 .venv/pip.log。"
    elif grep -qE 'Retrying \(|ConnectionError|Max retries|ConnectTimeout|ReadTimeout|ProxyError' .venv/pip.log; then
        fail '连不上软件包仓库，请检查网络或 pip 的镜像设置后重试；详见 .venv/pip.log。'
    fi
    fail "安装 $$1 所列的库失败，详见 .venv/pip.log。"
}
endef

define find_python
probe='import sys
if sys.version_info < (3, 11): sys.exit(11)
from importlib.util import find_spec
sys.exit(0 if find_spec("venv") and find_spec("ensurepip") else 12)'
found='' old='' bare=''
set -- "$$PYTHON"
test -n "$$PYTHON" || set -- python3.13 python3.12 python3.11 python3
for candidate; do
    command -v "$$candidate" >/dev/null 2>&1 || continue
    code=0; "$$candidate" -c "$$probe" >/dev/null 2>&1 </dev/null || code=$$?
    case $$code in
    0) found=$$candidate; break ;;
    11) old=$$candidate ;;
    12) bare=$$candidate ;;
    esac
done
if test -z "$$found"; then
    test -z "$$bare" || fail "$$bare 缺少 venv，请先安装（Debian：apt install python3-venv）。"
    test -z "$$old" || fail "$$old 的版本太旧，需要 Python 3.11 或更新版本。"
    fail "找不到可用的 $${PYTHON:-python3}，需要 Python 3.11 或更新版本（Debian：apt install python3 python3-venv）。"
fi
endef
