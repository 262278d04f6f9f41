"""Date expressions and their EDTF values; publication is Thursday 2021-12-16 unless a test says otherwise."""

import datetime as dt

import pytest

from extract.resolve.dates import resolve_date
from extract.schema import edtf
from extract.schema.annotation import DateValue, Unresolved

PUBLISHED = dt.date(2021, 12, 16)

STATED = """
Dec. 15, 2021 = 2021-12-15
december 15 2021 = 2021-12-15
DECEMBER 15TH, 2021 = 2021-12-15
Dec 15th, 2021 = 2021-12-15
15 December 2021 = 2021-12-15
the 15th of December, 2021 = 2021-12-15
15-Dec-2021 = 2021-12-15
Wednesday, December 15, 2021 = 2021-12-15
Friday, December 15, 2021 = 2021-12-15
Wed., Dec. 15, 2021 = 2021-12-15
July18, 2024 = 2024-07-18
on May 4th 2016 = 2016-05-04
October 18, 2013 at 7:25 p.m. = 2013-10-18
12:40 a.m. on Jan. 3, 2019 = 2019-01-03
the night of February 12, 2012 = 2012-02-12
at dawn on 16 October 2019 = 2019-10-16
Last night, May 13, 2008 = 2008-05-13
12/5/16 = 2016-12-05
25/12/2016 = 2016-12-25
1/2/03 = 2003-01-02
6/7/98 = 1998-06-07
11-11-81 = 1981-11-11
15.12.2021 = 2021-12-15
2021-12-15 = 2021-12-15
2021/12/15 = 2021-12-15
20211215 = 2021-12-15
2021-12-15T22:10:00Z = 2021-12-15
2021-12 = 2021-12
March 2020 = 2020-03
Sept. 2018 = 2018-09
December of 2012 = 2012-12
in early March 2020 = 2020-03
late July 2019 = 2019-07
the first half of March 2019 = 2019-03
the first week of May 2019 = 2019-05-01/2019-05-07
2015 = 2015
in 1789 = 1789
the year 2003 = 2003
late 1995 = 1995-09/1995-12
mid-2007 = 2007-05/2007-08
early 2003 = 2003-01/2003-04
the end of 2020 = 2020-09/2020-12
the middle of 2014 = 2014-05/2014-08
about 2003 = 2003~
circa 1900 = 1900~
around June 2019 = 2019-06~
the 1980s = 1980/1989
1980's = 1980/1989
the '80s = 1980/1989
the eighties = 1980/1989
the early 1980s = 1980/1983
mid-1990s = 1994/1996
the late 1970s = 1977/1979
the 1970s and early 1980s = 1970/1983
the 1800s = 1800/1899
the 19th century = 1801/1900
World War II = 1939/1945
9/11 = 2001-09-11
first half of 2020 = 2020-01/2020-06
second quarter of 2019 = 2019-04/2019-06
Q3 2020 = 2020-07/2020-09
the first three months of 2020 = 2020-01/2020-03
spring 2019 = 2019-03/2019-05
the summer of 1968 = 1968-06/1968-08
fall of 1989 = 1989-09/1989-11
winter of 2010-11 = 2010-12/2011-02
Christmas Day 2019 = 2019-12-25
New Year’s Eve, 2016 = 2016-12-31
Easter Monday 2019 = 2019-04-22
Thanksgiving 2020 = 2020-11-26
Memorial Day 2015 = 2015-05-25
the eve of July 4, 2020 = 2020-07-03
two days after June 3, 2019 = 2019-06-05
the week of June 5, 2019 = 2019-06-03/2019-06-09
between 3 and 5 July 2023 = 2023-07-03/2023-07-05
May 5-7, 2019 = 2019-05-05/2019-05-07
May 5 and May 7, 2019 = 2019-05-05/2019-05-07
February 17 to 28, 2020 = 2020-02-17/2020-02-28
January 2012 to March 2014 = 2012-01/2014-03
between March 2015 and December 2016 = 2015-03/2016-12
between December 17, 2020 and January 14, 2021 = 2020-12-17/2021-01-14
December 25, 2019 to January 3 = 2019-12-25/2020-01-03
December 20 to January 3, 2020 = 2019-12-20/2020-01-03
June and July 2018 = 2018-06/2018-07
Jan.-March 2019 = 2019-01/2019-03
2011-2013 = 2011/2013
2007–2012 = 2007/2012
1996 to 1998 = 1996/1998
2019-20 = 2019/2020
mid-2016 to late 2018 = 2016-05/2018-12
since 2013 = 2013/..
since late 2017 = 2017-09/..
2014 and beyond = 2014/..
from 2016 on = 2016/..
until 2019 = ../2019
before 2015 = ../2014
on or before August 20, 2020 = ../2020-08-20
since the campaign began in 2019 = 2019/..
when he was arrested on March 3, 2019 = 2019-03-03
a Tuesday in March 2019 = 2019-03
2019 5 March = 2019-03-05
"""

RELATIVE = """
Wednesday = 2021-12-15
wednesday’s = 2021-12-15
Thursday = 2021-12-16
Friday night = 2021-12-10
early Sunday morning = 2021-12-12
late Friday = 2021-12-10
the early hours of Monday = 2021-12-13
about 3 a.m. Saturday = 2021-12-11
just before 7 p.m. Saturday = 2021-12-11
at midnight on Sunday = 2021-12-12
last Thursday = 2021-12-09
last Friday = 2021-12-10
this past Sunday = 2021-12-12
next Tuesday = 2021-12-21
this Friday = 2021-12-17
Monday last week = 2021-12-06
Wednesday of last week = 2021-12-08
Wednesday night (Dec. 8) = 2021-12-08
Friday (October 15) = 2021-10-15
on Friday, the 3rd = 2021-12-03
on Monday, the 3rd = 2021-12-03
Thursday, Feb. 13 = 2021-02-13
today = 2021-12-16
now = 2021-12-16
tonight = 2021-12-16
this morning = 2021-12-16
earlier today = 2021-12-16
yesterday = 2021-12-15
yesterday afternoon = 2021-12-15
last night = 2021-12-15
overnight = 2021-12-15/2021-12-16
the day before yesterday = 2021-12-14
tomorrow morning = 2021-12-17
June 3 = 2021-06-03
Nov. 2 = 2021-11-02
the 20th of April = 2021-04-20
20 april = 2021-04-20
the evening of September 18 = 2021-09-18
Jan. 10 = 2022-01-10
Jan. 17 = 2021-01-17
Feb. 29 = 2020-02-29
March = 2021-03
December = 2021-12
early March = 2021-03
March last year = 2020-03
June 12 last year = 2020-06-12
September this year = 2021-09
last March = 2021-03
last December = 2020-12
next January = 2022-01
between March and September = 2021-03/2021-09
between November and February = 2020-11/2021-02
June and July = 2021-06/2021-07
May 5-7 = 2021-05-05/2021-05-07
Monday through Friday = 2021-12-06/2021-12-10
between Friday morning and Sunday night = 2021-12-10/2021-12-12
last month = 2021-11
last week = 2021-12-06/2021-12-12
this week = 2021-12-13/2021-12-19
earlier this week = 2021-12-13/2021-12-15
this month = 2021-12
this year = 2021
last year = 2020
next year = 2022
early last year = 2020-01/2020-04
late last year = 2020-09/2020-12
so far this year = 2021-01-01/2021-12-16
so far in 2021 = 2021-01-01/2021-12-16
earlier this year = 2021-01-01/2021-12-16
later this month = 2021-12-16/2021-12-31
over the weekend = 2021-12-11/2021-12-12
next weekend = 2021-12-25/2021-12-26
last summer = 2021-06/2021-08
this summer = 2021-06/2021-08
last winter = 2020-12/2021-02
the third quarter = 2021-07/2021-09
Christmas Day = 2021-12-25
New Year’s Eve = 2021-12-31
Labor Day = 2021-09-06
the day after Christmas = 2021-12-26
two weeks ago = 2021-12-02~
three days ago = 2021-12-13
a week ago = 2021-12-09~
five hours ago = 2021-12-16~
six months ago = 2021-06
eleven years ago = 2010
twenty-one years ago = 2000~
nearly two years ago = 2019~
a decade ago = 2011
a few years ago = 2016?/2019?
in recent years = 2018?/2021
recent months = 2021-09?/2021-12
the past three years = 2018/2021
over the past two months = 2021-10/2021-12
the past year = 2020-12/2021-12
the past few days = 2021-12-13?/2021-12-16
the last 48 hours = 2021-12-14/2021-12-16
coming months = 2021-12/2022-03?
in seven years = 2028
three months from now = 2022-03
since Monday = 2021-12-13/..
since last March = 2021-03/..
since mid-December = 2021-12/..
this time last year = 2020-12~
12/5 = 2021-12-05
"""

LATER = """
the same day = 2019-06-03
that night = 2019-06-03
later that day = 2019-06-03
shortly thereafter = 2019-06-03
two hours after the stabbing = 2019-06-03~
two days later = 2019-06-05
the following day = 2019-06-04
the next morning = 2019-06-04
the day before = 2019-06-02
eight days earlier = 2019-05-26
a week later = 2019-06-10~
three days after he was filmed = 2019-06-06
that week = 2019-06-03/2019-06-09
that month = 2019-06
the following month = 2019-07
two months earlier = 2019-04
that year = 2019
one year earlier = 2018
since then = 2019-06-03/..
that Friday = 2019-06-07
"""

NOTHING = """
30 Feb = no such day
February 30, 2021 = no such day
Feb 29, 2021 = no such day
00/00 = no such month
13/13/2013 = no such month
0000 = no such year
99999 = no such year
the year 0000 = no such year
a = not a date expression
34 = a number, not a date
10:30 = a time of day, not a date
around 11:10 p.m. = a time of day, not a date
noon = a time of day, not a date
in the morning = a time of day, not a date
18 months = a length of time, not a date
for years = a length of time, not a date
12-year = a length of time, not a date
21-year-old = not a date expression
years ago = not a date expression
every Friday = counts from an event with no date
two days later = no earlier date to count from
the same day = no earlier date to count from
three days after she fled = counts from an event with no date
 = no words
wartime = not a date expression
March 3, 2019, April 5, 2020 or May 6, 2020 or so = several dates in one expression
"""


def cases(table: str) -> list[tuple[str, str]]:
    pairs = [line.rsplit(" = ", 1) for line in table.strip("\n").splitlines()]
    return [(expression, value) for expression, value in pairs]


@pytest.mark.parametrize(("expression", "value"), cases(STATED))
def test_stated_date_needs_no_publication(expression: str, value: str) -> None:
    bounds = edtf.bounds(value)
    expected = DateValue(value, bounds.earliest, bounds.latest, "stated")
    assert resolve_date(expression, published=PUBLISHED) == expected
    assert resolve_date(expression, published=None) == expected


@pytest.mark.parametrize(("expression", "value"), cases(RELATIVE))
def test_relative_date_counts_from_publication(expression: str, value: str) -> None:
    bounds = edtf.bounds(value)
    assert resolve_date(expression, published=PUBLISHED) == DateValue(value, bounds.earliest, bounds.latest, "relative")
    assert resolve_date(expression, published=None) == Unresolved("no publication date")


@pytest.mark.parametrize(("expression", "value"), cases(LATER))
def test_date_counts_from_the_story(expression: str, value: str) -> None:
    reference = DateValue("2019-06-03", "2019-06-03", "2019-06-03", "stated")
    bounds = edtf.bounds(value)
    assert resolve_date(expression, published=PUBLISHED, reference=reference) == DateValue(
        value, bounds.earliest, bounds.latest, "relative"
    )


@pytest.mark.parametrize(("expression", "reason"), cases(NOTHING))
def test_no_date_has_its_reason(expression: str, reason: str) -> None:
    assert resolve_date(expression, published=PUBLISHED) == Unresolved(reason)


def test_weekday_settles_which_year_a_month_day_means() -> None:
    published = dt.date(2016, 10, 17)
    assert _value("Nov. 22", published) == "2015-11-22"
    assert _value("Tuesday, Nov. 22", published) == "2016-11-22"


def test_story_gives_the_year_when_nothing_else_does() -> None:
    reference = DateValue("2019-06-03", "2019-06-03", "2019-06-03", "stated")
    found = resolve_date("July 9", published=None, reference=reference)
    assert found == DateValue("2019-07-09", "2019-07-09", "2019-07-09", "relative")


def _value(expression: str, published: dt.date) -> str:
    found = resolve_date(expression, published=published)
    assert isinstance(found, DateValue)
    return found.value
