#!/usr/bin/env bash
# Records what a Liaoyuan newspaper of summer 2020 told of the city's campaign, through the command line.
#
#   docs/liaoyuan-2020.sh FOLDER      makes a workspace in FOLDER and records everything there
#
# The workspace at the root of this repository was made by it. Ids and recorded times are new at each
# run; what is recorded is the same. The paper gives ten activities with a day, the launch with a
# month only, and others by a period: the first half of the year, since the year began, since the
# launch. A period that the paper leaves open ends here in July, the last month that it names.
# The keys that signed the root's log are not kept: what they signed stays signed, and whoever goes
# on with it signs with a key of their own (`kalends audit checkpoint --new-key`).
set -euo pipefail
folder=${1:?usage: docs/liaoyuan-2020.sh FOLDER}
export KALENDS_ACTOR=${KALENDS_ACTOR:-chuangchengban}
k() { kalends -C "$folder" --lang zh "$@"; }
dept() { k dept add "$@"; }

kalends --lang zh init "$folder" --title 辽源市创建全国文明城市 --language zh \
  --timezone Asia/Shanghai --from 2020-06-01 --to 2020-12-31

# The city, and its departments.
dept 辽源市 --code liaoyuan --alias 我市 --alias 全市
k dept short liaoyuan 辽源市 # in a list of another city's reader, 我市 would be another city
dept 共青团辽源市委员会 --code tuanshiwei --alias 团市委 --alias 共青团 --parent liaoyuan
dept 辽源市教育局 --code jiaoyuju --alias 市教育局 --parent liaoyuan
dept 辽源市城市管理行政执法局 --code chengguanju --alias 市城市管理行政执法局 --alias 城管执法局 --alias 市城管局 --parent liaoyuan
dept 辽源市公安局 --code gonganju --alias 市公安局 --parent liaoyuan
dept 辽源市公安局南康分局 --code nankang --alias 市公安局南康分局 --alias 南康分局 --parent gonganju
dept 辽源市农业农村局 --code nongyenongcunju --alias 市农业农村局 --parent liaoyuan
dept 辽源市税务局 --code shuiwuju --alias 市税务局 --parent liaoyuan

# Transport, with the units of its system.
dept 辽源市交通运输局 --code jiaotongju --alias 市交通运输局 --alias 市交通局 --parent liaoyuan
dept 辽源市交通运输综合行政执法支队 --code jiaotong-zhifa --alias 市交通运输综合行政执法支队 --parent jiaotongju
dept 辽源市公路管理处 --code gongluchu --alias 市公路管理处 --parent jiaotongju
dept 辽源市公共汽车公司 --code gongjiao --alias 市公共汽车公司 --alias 市公交公司 --parent jiaotongju
dept 吉林龙源辽源运输公司 --code longyuan --alias 龙源公司 --parent jiaotongju
dept 辽源市客运站 --code keyunzhan --alias 市客运站 --parent jiaotongju

# Longshan district.
dept 龙山区 --code longshan --parent liaoyuan
dept 龙山区委宣传部 --code longshan-xuanchuanbu --parent longshan
dept 龙山区发展和改革局 --code longshan-fagaiju --alias 龙山区发改局 --parent longshan
dept 龙山区工业和信息化局 --code longshan-gongxinju --alias 龙山区工信局 --parent longshan
dept 龙山区教育局 --code longshan-jiaoyuju --parent longshan
dept 龙山区司法局 --code longshan-sifaju --parent longshan
dept 龙山区人民检察院 --code longshan-jianchayuan --alias 龙山区检察院 --parent longshan
dept 西宁街道 --code xining --alias 龙山区西宁街道 --parent longshan
dept 北寿社区 --code beishou --parent longshan
dept 向阳社区 --code xiangyang --parent longshan
dept 多寿路小学 --code duoshoulu --parent longshan

# Xi'an district of Liaoyuan. Its justice bureau is told of under Longshan's heading; it acts for itself.
dept 西安区 --code xian --parent liaoyuan
dept 西安区司法局 --code xian-sifaju --parent xian
dept 仙城街道 --code xiancheng --alias 西安区仙城街道 --parent xian

# The launch: only the month is told.
k add --when 2020年6月 --dept 我市 --title 启动创建全国文明城市 --tag 启动

# The ten activities with a day.
k add "6月3日 我市 宣传思想文化工作暨创建全国文明城市动员会议 #动员会"
k add "6月4日 市交通运输局 召开创城工作专题会议 #专题会议" --description 传达全市动员会的要求，安排交通系统的创城任务
k add "7月8日 市交通运输局 开展“促振兴，从扫一室说开去”主题实践活动 #主题实践" --description 系统内整治环境卫生，并召开同一主题的座谈会
k add "7月14日上午 团市委 创建文明城市工作推进会 #推进会"
k add "7月14日下午 团市委 调研建立未成年人心理健康辅导站 @心理咨询机构 #调研"
k add "7月17日上午 多寿路小学 “创建文明城市，多寿教师先行”同走一条文明路活动 #主题活动" --description 结合龙山区师德师风专项整治
k add "7月17日下午 团市委 “创建文明城市、共建美丽新辽源”主题党日 @明珠花园 #主题党日"
k add "7月23日—24日 市交通运输局 赴白城市交通运输局学习调研 @白城市 #调研" --description 系统相关单位同行
k add --when 7月24日 --dept 龙山区 --dept 龙山区发改局:participant --dept 龙山区工信局:participant \
  --dept 龙山区教育局:participant --dept 龙山区司法局:participant \
  --title “发挥信用力量，打造诚信龙山新形象”主题宣传 --place 平安广场 --tag 诚信 --description 企业代表也参加
k add --when 7月31日 --dept 西宁街道 --dept 市农业农村局:participant --dept 市税务局:participant \
  --dept 龙山区委宣传部:participant --title “助力创城，龙山区志愿者在行动”主题活动 --tag 志愿服务 \
  --headcount 50 --description 50余人参加

# By a period. First the two that the paper bounds: the half-year, and the year so far.
k add --when 2020年上半年 --dept 城管执法局 --title 拆除违法建筑，清理小片荒 --tag 拆违 --description 拆除7329处、38.96万平方米；清理小片荒19.2万平方米
k add --when 2020年1月至7月 --dept 西安区 --title 拆除违章建筑，清理楼道与小片荒 --tag 拆违 --description 今年以来；拆除1175处、5.7万余平方米
# Then what is told as done since the launch.
since() { k add --when 2020年6月至7月 --description 创城以来；没有写明日期 "$@"; }
since --dept 龙山区 --title 区直部门与街道庆祝建党九十九周年主题活动 --tag 主题活动
since --dept 龙山区 --title 区直部门为高考护航
since --dept 北寿社区 --title “零酒驾”社区活动
since --dept 向阳社区 --title 老旧小区环境整治 --tag 环境整治
since --dept 南康分局 --title 人员密集场所安全隐患大排查 --tag 平安
since --dept 龙山区检察院 --title 排查中小学校周边，净化校园环境 --tag 未成年人
since --dept 西安区司法局 --title “法治地摊”普法宣传 --tag 普法
since --dept 西安区 --title 区本级与乡镇街道动员部署大会 --tag 动员会
since --dept 城管执法局 --title “走遍辽源”环境综合整治 --tag 环境整治
since --dept 团市委 --title “开学第一课”网络云升旗仪式 --tag 未成年人
since --dept 团市委 --dept 市教育局:joint --title “绽放战‘疫’青春，坚定制度自信”云上入团仪式 --tag 青年
since --dept 团市委 --title “温情暖童心，圆梦微心愿”活动 --tag 志愿服务
since --dept 市教育局 --title 研究教育系统创城工作的专题会议 --tag 专题会议
since --dept 市交通运输局 --title 营运车辆驾驶员心理健康辅导班 --tag 培训
since --dept jiaotong-zhifa --title 整治违法营运车辆 --tag 整治
since --dept 市公路管理处 --title 北环路中修养护与梨树河大桥维修改造 --tag 工程
since --dept 市公共汽车公司 --title “保护母亲河，共建宜居家园”捡拾垃圾 --tag 志愿服务
since --dept 市公共汽车公司 --title “我是党员，我先行”文明乘车引导 --tag 文明乘车
since --dept 市公共汽车公司 --title “亮身份树形象，当先锋作表率”活动 --tag 文明乘车
since --dept 市公共汽车公司 --title “文明服务乘客最后一公里”活动 --tag 文明乘车
since --dept 市公共汽车公司 --title 到新苑、鸿民社区清理小广告 --tag 志愿服务
since --dept 龙源公司 --title 驾乘人员文明创城培训 --tag 培训
since --dept 市交通运输局 --title 机关干部清扫街道 --place 人民大街 --tag 环境整治
since --dept 市教育局 --title 社区志愿服务 --place 开发区兴阳社区 --tag 志愿服务
since --dept 仙城街道 --title “护我家园、从我做起”主题党日 --tag 主题党日
since --dept 市客运站 --title 整治车站环境，提升站场服务 --tag 环境整治

k publish
