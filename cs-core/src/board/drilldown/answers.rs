//! The answer to each question in a sentence, rendered from what was found.

use std::sync::Arc;

use super::change::{Change, NamedChanges};
use super::contract_sizes::{ContractSizeStanding, ContractSizes};
use super::discounts::{FirstRenewalOutcome, FirstRenewals};
use super::expansion::{Changes, CustomerChange};
use super::industries::SMALL;
use crate::currency::Currency;
use crate::float::percent;
use crate::locale::Locale;
use crate::money::{decimal_text, grouped};
use crate::period::Trailing;
use crate::query::Context;
use crate::ratio::Ratio;
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::words;

words! {
    /// The questions that drill down from a churn rate.
    DrilldownQuestion {
        /// What share of the customers expanded?
        Expansion,
        /// Which industry churns most?
        Industry,
        /// How is each product kept, and how does it grow?
        Product,
        /// By how much does the discount change at the first renewal?
        Discount,
        /// What do customers of long standing pay now, against what they started with?
        ContractSize,
    }
}

result_table! {
    /// The answer to each question in a sentence, a row for each.
    pub struct DrilldownAnswers("drilldown_answers") of
    /// A question and its answer.
    DrilldownAnswersRow<'a>, built from Columns {
        /// The question.
        question: DrilldownQuestion as Choice<DrilldownQuestion>,
        /// Its answer, in the language that was asked for: what the table of the question says, the lost beside those who stay.
        answer: &'a str as Text,
    }
}

/// What all tables found, to be told.
pub(super) struct Found<'f> {
    pub(super) window: Trailing,
    pub(super) months: u32,
    pub(super) years: u32,
    pub(super) digits: u8,
    pub(super) currency: Currency,
    pub(super) changes: &'f Changes,
    pub(super) industries: &'f NamedChanges,
    pub(super) products: &'f NamedChanges,
    pub(super) renewals: &'f FirstRenewals,
    pub(super) sizes: &'f ContractSizes,
}

impl Found<'_> {
    pub(super) fn into_table(self, context: &Context<'_>, locale: Locale) -> DrilldownAnswers {
        let answers = [
            self.expansion(locale),
            self.industry(locale),
            self.product(locale),
            self.discount(locale),
            self.size(locale),
        ];
        let pool: TextPool = answers.iter().map(String::as_str).collect();
        let mut columns = Columns::of(&Arc::new(pool));
        for (&question, position) in DrilldownQuestion::ALL.iter().zip(0..) {
            columns.question.push(question);
            columns.answer.0.push(position);
        }
        columns.into_table(Vec::new(), self.digits, context.metadata())
    }

    fn expansion(&self, locale: Locale) -> String {
        let (from, to) = (self.window.before().date(), self.window.day.date());
        let (all, share) = (self.changes.all(), |change| share(self.changes.customers(change), self.changes.all()));
        let (more, lost) = (share(CustomerChange::Expanded), share(CustomerChange::Lost));
        match locale {
            Locale::En if all == 0 => format!("Nobody paid on {from}."),
            Locale::Ja if all == 0 => format!("{from}に支払っていた顧客はいません。"),
            Locale::En => {
                format!("Of the {} who paid on {from}, {more} pay more on {to}, and {lost} have left.", customers(all))
            }
            Locale::Ja => {
                format!("{from}に支払っていた{all}社のうち、{to}には{more}が増額し、{lost}が離れました。")
            }
        }
    }

    fn industry(&self, locale: Locale) -> String {
        let churn = |change: &Change| Ratio::of(change.lost.into(), change.opening.into()).value();
        let of = |least: u64| {
            let enough = self.industries.each().filter(move |(_, change)| change.opening >= least);
            enough.filter_map(|(name, change)| Some((name?, change, churn(change)?)))
        };
        // Of industries of few customers one alone moves all.
        let least = if of(SMALL).next().is_some() { SMALL } else { 0 };
        let named = || of(least);
        let all = self
            .industries
            .each()
            .fold((0, 0), |(opening, lost), (_, change)| (opening + change.opening, lost + change.lost));
        // As far apart as chance alone puts them, or of few; such a group is named only where no other is.
        let is_clear = |change: &Change| change.opening >= FEW && stands_out(change, all);
        let clear = highest(named().filter(|(_, change, _)| is_clear(change)));
        let Some((name, change, _)) = clear.or_else(|| highest(named())) else {
            return match locale {
                Locale::En => "No industry is known of the customers who paid.".to_owned(),
                Locale::Ja => "支払っていた顧客の業種が分かりません。".to_owned(),
            };
        };
        let (count, lost) = (change.opening, share(change.lost, change.opening));
        let within = plural(self.months.into(), "month", "months");
        let (rest, months) = (share(all.1 - change.lost, all.0 - change.opening), self.months);
        match locale {
            Locale::En if all.1 == 0 => format!("Nobody of the {} left within {within}.", customers(all.0)),
            Locale::Ja if all.1 == 0 => format!("{months}か月で、{}社のうち離れた顧客はいませんでした。", all.0),
            Locale::En if count == all.0 => {
                format!("All are of {name}: {lost} of the {} left within {within}.", customers(count))
            }
            Locale::Ja if count == all.0 => format!("すべて{name}です。{months}か月で{count}社の{lost}が離れました。"),
            Locale::En if is_clear(change) => format!(
                "{name} stands out: {lost} of its {} left within {within}, against {rest} of all others.",
                customers(count)
            ),
            Locale::Ja if is_clear(change) => {
                format!("{name}の解約が目立ちます。{months}か月で{count}社の{lost}が離れました(他では{rest})。")
            }
            Locale::En => format!(
                "None stands out from chance; the highest rate is that of {name}: {lost} of its {} left within {within}, against \
                 {rest} of all others.",
                customers(count)
            ),
            Locale::Ja => format!(
                "偶然の差を超えて解約の多いところはありません。最も高いのは{name}で、{months}か月で{count}社の{lost}が離れました(他では{rest})。"
            ),
        }
    }

    fn product(&self, locale: Locale) -> String {
        let of = |least: u64| self.products.each().filter(move |(_, change)| change.opening >= least);
        // Of products of few customers one alone moves all.
        let least = if of(SMALL).any(|(name, _)| name.is_some()) { SMALL } else { 0 };
        let by = |measure: fn(&Change) -> Ratio| {
            of(least).filter_map(move |(name, change)| Some((name?, change, measure(change).value()?)))
        };
        let among = match locale {
            _ if least == 0 => String::new(),
            Locale::En => format!("Of products with {least} customers or more, "),
            Locale::Ja => format!("顧客{least}社以上の製品のうち、"),
        };
        let (best, growing) = (highest(by(Change::grr)), highest(by(Change::growth)));
        let worst = highest(by(Change::grr).map(|(name, change, grr)| (name, change, -grr)));
        let Some(((best, well, _), (worst, badly, _), growing)) =
            best.zip(worst).zip(growing).map(|((best, worst), growing)| (best, worst, growing))
        else {
            return match locale {
                Locale::En => "No product is known of what customers paid for.".to_owned(),
                Locale::Ja => "顧客が契約していた製品が分かりません。".to_owned(),
            };
        };
        let within = plural(self.months.into(), "month", "months");
        let [most, fewest] = [well, badly].map(|change| told(change.grr()));
        let (nrr, lost) = (told(badly.nrr()), badly.lost);
        let growth = match (locale, growing) {
            (Locale::En, (_, _, growth)) if growth <= 0.0 => "none grows".to_owned(),
            (Locale::Ja, (_, _, growth)) if growth <= 0.0 => "伸びた製品はありません".to_owned(),
            (Locale::En, (name, _, growth)) => format!("{name} grows fastest (by {})", percent(growth)),
            (Locale::Ja, (name, _, growth)) => format!("最も伸びているのは{name}(伸び{})です", percent(growth)),
        };
        // One alone, or several that are alike, are neither the best nor the worst.
        match locale {
            Locale::En if by(Change::grr).count() == 1 => format!(
                "{among}{best} keeps {most} of its revenue (gross; net {nrr}, {} lost); with new customers it changed by {} within \
                 {within}.",
                customers(lost),
                told(badly.growth())
            ),
            Locale::Ja if by(Change::grr).count() == 1 => format!(
                "{among}{best}のGRRは{most}、NRRは{nrr}(離れた顧客{lost}社)、伸びは{}です。",
                told(badly.growth())
            ),
            Locale::En if best == worst => {
                let all = if least == 0 { "All" } else { "all" };
                format!("{among}{all} keep {most} of their revenue (gross), and {growth}.")
            }
            Locale::Ja if best == worst => format!("{among}どの製品もGRRは{most}です。{growth}。"),
            Locale::En => format!(
                "{among}{best} keeps the greatest share of its revenue (gross {most}), {worst} the least (gross {fewest}, net {nrr}; {} lost), and \
                 {growth}.",
                customers(lost)
            ),
            Locale::Ja => format!(
                "{among}売上を最も維持しているのは{best}(GRR {most})、最も維持できていないのは{worst}(GRR {fewest}、NRR {nrr}、離れた顧客{lost}社)です。\
                 {growth}。"
            ),
        }
    }

    fn discount(&self, locale: Locale) -> String {
        let (renewed, lost) =
            (self.renewals.with(FirstRenewalOutcome::Renewed), self.renewals.with(FirstRenewalOutcome::Lost));
        let pending = self.renewals.with(FirstRenewalOutcome::Pending).lines;
        if renewed.lines + lost.lines + pending == 0 {
            return match locale {
                Locale::En => "Nothing fell due for the first time.".to_owned(),
                Locale::Ja => "初回更新を迎えた契約はありません。".to_owned(),
            };
        }
        let points = renewed.change().map(|change| {
            let sign = if change > 0.0 { "+" } else { "" };
            format!("{sign}{}", percent(change).trim_end_matches('%'))
        });
        let (kept, lost, known) = (renewed.lines, lost.lines, renewed.with_discount);
        let are = if pending == 1 { "is" } else { "are" };
        match (locale, points) {
            (Locale::En, Some(points)) => format!(
                "At their first renewal discounts changed by {points} points on average, of {known} of which both are known; {kept} \
                 went on, {lost} did not, and {pending} {are} pending."
            ),
            (Locale::En, None) => {
                format!(
                    "Of the first renewals {kept} went on, {lost} did not, and {pending} {are} pending; of none the discount is known \
                     on both sides."
                )
            }
            (Locale::Ja, Some(points)) => format!(
                "初回更新で割引率は平均{points}ポイント変わりました(前後とも分かる{known}件)。更新は{kept}件、更新されなかったのは{lost}件、\
                 判定待ちは{pending}件です。"
            ),
            (Locale::Ja, None) => {
                format!(
                    "初回更新は{kept}件が更新され、{lost}件が更新されず、{pending}件が判定待ちです。更新前後の割引率は分かりません。"
                )
            }
        }
    }

    fn size(&self, locale: Locale) -> String {
        let (staying, lost) =
            (self.sizes.with(ContractSizeStanding::Staying), self.sizes.with(ContractSizeStanding::Lost));
        let amount = |units: i128| format!("{} {}", grouped(&decimal_text(units, self.digits)), self.currency);
        let (count, gone, years) = (staying.customers, lost.customers, self.years);
        match (locale, staying.averages()) {
            (_, [Some(start), Some(now)]) => {
                let (start, now) = (amount(start), amount(now));
                let left = match (locale, lost.averages()) {
                    (Locale::En, [Some(start), Some(last)]) => {
                        format!(" The lost paid {} when they left, against {}.", amount(last), amount(start))
                    }
                    (Locale::Ja, [Some(start), Some(last)]) => {
                        format!("離れた顧客の解約時の平均月額は{}(開始時は{})でした。", amount(last), amount(start))
                    }
                    _ => String::new(),
                };
                match locale {
                    Locale::En => format!(
                        "Customers of {} or more pay {now} a month on average, against {start} when they started; of those \
                         who started so long ago {count} stayed, and {gone} left.{left}",
                        plural(years.into(), "year", "years")
                    ),
                    Locale::Ja => format!(
                        "{years}年以上の顧客の平均月額は、開始時の{start}に対して現在{now}です。{count}社が継続し、{gone}社が離れました。{left}"
                    ),
                }
            }
            (Locale::En, _) if gone == 0 => {
                format!("No customer started {} ago or before.", plural(years.into(), "year", "years"))
            }
            (Locale::Ja, _) if gone == 0 => format!("{years}年以上前に始めた顧客はいません。"),
            (Locale::En, _) => {
                format!(
                    "Of those who started {} ago or before nobody stayed: {gone} left.",
                    plural(years.into(), "year", "years")
                )
            }
            (Locale::Ja, _) => format!("{years}年以上前に始めた{gone}社は、すべて離れました。"),
        }
    }
}

/// The first of those with the highest number.
fn highest<'f>(all: impl Iterator<Item = (&'f str, &'f Change, f64)>) -> Option<(&'f str, &'f Change, f64)> {
    all.reduce(|best, next| if next.2 > best.2 { next } else { best })
}

/// Nobody is accused of the churn of fewer customers.
const FEW: u64 = 20;

/// Whether the interval of the churn of a group lies above that of the rest of all, of whom so many paid, and so many of these
/// were lost. Two 95% intervals that do not meet are seen by chance so seldom that several groups may be asked.
fn stands_out(group: &Change, (opening, lost): (u64, u64)) -> bool {
    let (low, _) = Ratio::wilson(group.lost, group.opening);
    let (_, high) = Ratio::wilson(lost - group.lost, opening - group.opening);
    low.value().zip(high.value()).is_some_and(|(low, high)| low > high)
}

fn share(some: u64, all: u64) -> String {
    told(Ratio::of(some.into(), all.into()))
}

fn told(ratio: Ratio) -> String {
    ratio.value().map_or_else(|| "-".to_owned(), percent)
}

fn customers(count: u64) -> String {
    plural(count, "customer", "customers")
}

fn plural(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
