"""The tables of a city's record (汇总.sqlite), as anybody may query them; docs/全市.md lists them. Money is in whole 分."""

VERSION = 1
"""Of the tables: a record of another version is begun anew, and everything made again."""

TABLES = """
CREATE TABLE 运行 (          -- 每次运行一行
  编号 INTEGER PRIMARY KEY,
  开始 TEXT NOT NULL,        -- 2027-03-01 18:00:00
  结束 TEXT,                 -- 没有跑完的是 NULL
  只检查 INTEGER NOT NULL
);
CREATE TABLE 部门 (          -- 应收清单里每个部门一行
  标识 TEXT PRIMARY KEY,     -- 它的目录名，其他各表都用它
  序号 INTEGER NOT NULL,
  代码 TEXT NOT NULL, 名称 TEXT NOT NULL, 目录 TEXT NOT NULL, 地区 TEXT NOT NULL, 格式 TEXT NOT NULL,
  联系人 TEXT NOT NULL, 截止日期 TEXT NOT NULL, 公开日期 TEXT NOT NULL, 公开网址 TEXT NOT NULL,
  状态 TEXT NOT NULL,        -- 没有数据、有错误、已变动、已公开、有警告、已生成、未生成
  错误 INTEGER NOT NULL, 警告 INTEGER NOT NULL, 建议 INTEGER NOT NULL,
  结果 TEXT NOT NULL,        -- 最近一次做它的结果：生成、检查、有错误、没有数据、写不了、程序错误、搁置；还没有做过的是空
  说明 TEXT NOT NULL,        -- 写不了、程序错误、搁置的原因
  查过 TEXT NOT NULL,        -- 最近一次查的数据、格式、科目和程序的指纹
  做自 TEXT NOT NULL,        -- 现有文档是由哪个指纹做的
  文件格式 TEXT NOT NULL,    -- 现有文档的格式，如 docx html
  公开时 TEXT NOT NULL,      -- 公开时各文档的校验值
  数据代码 TEXT NOT NULL, 数据名称 TEXT NOT NULL, 数据文件 TEXT NOT NULL, -- department.yaml 里写的
  毫秒 INTEGER NOT NULL, 内存MB INTEGER NOT NULL,
  做于 INTEGER NOT NULL      -- 最近一次做它的运行
);
CREATE TABLE 文件 (标识 TEXT NOT NULL, 单位 TEXT NOT NULL, 名称 TEXT NOT NULL, 大小 INTEGER NOT NULL, 校验 TEXT NOT NULL);
CREATE TABLE 问题 (
  标识 TEXT NOT NULL, 单位 TEXT NOT NULL, 规则 TEXT NOT NULL, 级别 TEXT NOT NULL, -- 错误、警告、建议
  文件 TEXT NOT NULL, 行 INTEGER NOT NULL, 列 INTEGER NOT NULL, 位置 TEXT NOT NULL, 说明 TEXT NOT NULL, 改法 TEXT NOT NULL
);
CREATE TABLE 金额 (          -- 部门版的数，以分计
  标识 TEXT NOT NULL, 口径 TEXT NOT NULL, 代码 TEXT NOT NULL, 名称 TEXT NOT NULL,
  本年 INTEGER NOT NULL, 上年 INTEGER -- 上年不知道的是 NULL
);
CREATE TABLE 项目 (
  标识 TEXT NOT NULL, 代码 TEXT NOT NULL, 名称 TEXT NOT NULL, 单位 TEXT NOT NULL, 金额 INTEGER NOT NULL, 文件 TEXT NOT NULL, 行 INTEGER NOT NULL
);
CREATE TABLE 单位 (标识 TEXT NOT NULL, 代码 TEXT NOT NULL, 名称 TEXT NOT NULL, 金额 INTEGER NOT NULL);
CREATE TABLE 往来 (
  标识 TEXT NOT NULL, 方向 TEXT NOT NULL, 单位 TEXT NOT NULL, 对方 TEXT NOT NULL, 资金来源 TEXT NOT NULL, 金额 INTEGER NOT NULL,
  文件 TEXT NOT NULL, 行 INTEGER NOT NULL
);
CREATE TABLE 变动 (          -- 哪次运行里，哪个部门的什么变了
  运行 INTEGER NOT NULL, 标识 TEXT NOT NULL, 项 TEXT NOT NULL, -- 状态、总计、文档
  原来 TEXT NOT NULL, 现在 TEXT NOT NULL
);
CREATE TABLE 跨部门 (        -- 最近一次跨部门核对发现的
  规则 TEXT NOT NULL, 级别 TEXT NOT NULL, 部门 TEXT NOT NULL, -- 有关部门的标识，用顿号隔开
  说明 TEXT NOT NULL, 改法 TEXT NOT NULL
);
CREATE INDEX 文件_标识 ON 文件 (标识);
CREATE INDEX 问题_标识 ON 问题 (标识);
CREATE INDEX 问题_规则 ON 问题 (规则);
CREATE INDEX 金额_标识 ON 金额 (标识);
CREATE INDEX 项目_标识 ON 项目 (标识);
CREATE INDEX 项目_代码 ON 项目 (代码);
CREATE INDEX 单位_标识 ON 单位 (标识);
CREATE INDEX 往来_标识 ON 往来 (标识);
"""
