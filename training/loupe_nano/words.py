"""Words that are one token each. Only data.

Everything else is spelled byte by byte, so that any text round-trips. The lists cover the questions and thoughts of the
tagged world and a stretch of everyday English around them, so that questions in a person's own words stay short.
"""

#: Also one token without a space before them (line starts, `image_zoom_in_tool`, answers after a tag).
STARTS = """
Look What Which Where Is Are How Can Read Tell Find Do Does Name Say The This There That It In On At I If No Yes Error
Does Please Count Give Who When Show Describe List Compare Check Of And Between Two One Three Four Five Six A An Picture
image zoom in tool system user assistant yes no left right above below none
red orange yellow green blue purple white black bad call box
""".split()

#: One token with a space before them.
MIDDLES = """
a an the this that these those it its he she they them we you your me my i one two three four five six seven eight nine
ten zero none any some all both each either neither other another same different
is are was were be been has have had do does did can could will would should may must not no yes
at in on of to from by for with without near next beside between behind front over under above below left right top
bottom upper lower up down into onto inside outside side corner middle center centre edge here there where
what which who how why when or and but if then than so as because also only just too very more most less least much many
few first second third last
look looks looking see sees seen find found read reads reading say says said show shows shown tell check count counts
think answer answers call zoom zooms ask asks question closer close again wrong missed miss try need needs know
picture image photo scene thing things object objects something nothing item
tag tags label labels plate plates badge sign dot dots spot spots color colour colored coloured colors colours number
numbers letter letters text word words digit digits character characters code written printed marked marks mark ink
attached carry carries wear wears hold holds holding belongs
small smaller smallest big bigger biggest large larger largest high higher highest low lower lowest greater great tiny
little long short tall far clear blurry sharp enough
red orange yellow green blue purple white black gray grey brown pink dark light bright
exactly please name describe list compare contain contains appear appears exist visible anywhere somewhere place placed
position located further compared relative value values total amount bad box error tool now let
man woman boy girl person people face hand eye head animal animals food fruit vehicle sky sun moon water street road
building window door wall table chair bed floor ground grass flower mountain beach sea river horse cow sheep duck
chicken bee butterfly ball shoe shirt glass bottle plate train truck bridge city map rain snow fire wood stone paper
If The It No Yes
computer screen kitchen garden park school
""".split()
