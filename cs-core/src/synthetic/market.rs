//! The market: who buys, through whom, and what a seat costs.

use chrono::Datelike as _;

use super::dice::{Dice, Subject};
use super::fault::PlantedFault;
use super::recipe::Recipe;
use crate::period::Day;

/// A part of the market, and how its customers are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Segment {
    pub(super) name: &'static str,
    weight: u64,
    employees: [i64; 2],
    /// How many of a hundred employees get a seat at first.
    seats: [i64; 2],
    /// Positions in [`PLANS`] that they start with.
    plans: [usize; 2],
    /// How many of a thousand pay by the month.
    pub(super) monthly: u64,
    /// How many of a million leave in a month although nothing is wrong.
    pub(super) hazard: u64,
    /// Days from the start to the end of an onboarding that goes well.
    pub(super) onboarding: [i64; 2],
    /// Days between meetings that are held with everybody; none for customers who are served digitally.
    pub(super) cadence: Option<i64>,
    owners: &'static [&'static str],
}

const SMALL: Segment = Segment {
    name: "smb",
    weight: 62,
    employees: [5, 99],
    seats: [15, 60],
    plans: [0, 1],
    monthly: 620,
    hazard: 9_000,
    onboarding: [7, 35],
    cadence: None,
    owners: &["pool"],
};
const MIDDLE: Segment = Segment {
    name: "mid_market",
    weight: 28,
    employees: [100, 999],
    seats: [6, 30],
    plans: [1, 2],
    monthly: 150,
    hazard: 5_500,
    onboarding: [20, 70],
    cadence: Some(90),
    owners: &["aiko", "bruno", "carla", "dele", "emil"],
};
const LARGE: Segment = Segment {
    name: "enterprise",
    weight: 10,
    employees: [1_000, 20_000],
    seats: [2, 10],
    plans: [2, 3],
    monthly: 0,
    hazard: 3_500,
    onboarding: [40, 110],
    cadence: Some(30),
    owners: &["fatima", "goran", "hana"],
};
const SEGMENTS: [Segment; 3] = [SMALL, MIDDLE, LARGE];

/// A price plan of the main product.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) name: &'static str,
    pub(super) rank: u64,
    /// For a seat and month, in whole units of a currency like the dollar.
    pub(super) price: i64,
}

pub(super) const PLANS: [Plan; 4] = [
    Plan { name: "starter", rank: 1, price: 12 },
    Plan { name: "team", rank: 2, price: 20 },
    Plan { name: "business", rank: 3, price: 32 },
    Plan { name: "enterprise", rank: 4, price: 48 },
];

pub(super) const MAIN_PRODUCT: &str = "workspace";

/// Products beside the main one: their names, and their prices in hundredths of the main product's.
pub(super) const ADD_ONS: [(&str, i64); 3] = [("analytics", 30), ("automation", 25), ("archive", 10)];

const INDUSTRIES: [(&str, u64); 7] = [
    ("software", 22),
    ("retail", 18),
    ("manufacturing", 16),
    ("healthcare", 14),
    ("finance", 12),
    ("education", 10),
    (MISFITS, 8),
];
/// The industry whose work the product is not made for.
const MISFITS: &str = "agencies";

const REGIONS: [(&str, u64); 4] = [("north_america", 42), ("europe", 30), ("japan", 16), ("asia_pacific", 12)];

const CHANNELS: [(&str, u64); 4] = [("inbound", 40), ("outbound", 25), (RESELLERS, 20), ("event", 15)];
/// The channel that sells to anybody where selling goes wrong.
const RESELLERS: &str = "partner";

const SELLERS: [&str; 8] = ["ines", "jonas", "kofi", "lena", "mika", "nadia", "oscar", "priya"];

const FIRST_WORDS: [&str; 16] = [
    "Amber", "Birch", "Cedar", "Delta", "Ember", "Falcon", "Granite", "Harbor", "Indigo", "Juniper", "Lumen", "Maple",
    "Northern", "Orchid", "Pioneer", "Quartz",
];
const SECOND_WORDS: [&str; 12] = [
    "Works",
    "Systems",
    "Logistics",
    "Health",
    "Studio",
    "Foods",
    "Textiles",
    "Learning",
    "Capital",
    "Motors",
    "Partners",
    "Energy",
];
const JAPANESE_NAMES: [&str; 16] = [
    "青葉", "若松", "桜井", "東雲", "緑川", "白浜", "朝日", "霧島", "高砂", "千歳", "常盤", "松風", "瑞穂", "八雲",
    "吉野", "大和",
];
const JAPANESE_TRADES: [&str; 8] = ["製作所", "商事", "食品", "工業", "物流", "学園", "電機", "薬品"];

/// Who a customer is: what is true of it for good.
#[derive(Clone, Copy, Debug)]
pub(super) struct Profile {
    pub(super) number: u32,
    pub(super) segment: Segment,
    pub(super) industry: &'static str,
    pub(super) region: &'static str,
    pub(super) channel: &'static str,
    pub(super) seller: &'static str,
    pub(super) owner: &'static str,
    pub(super) employees: i64,
    pub(super) is_misfit: bool,
    /// Whether it would be no misfit but for the planted fault.
    pub(super) is_planted: bool,
    pub(super) fit: i64,
    /// The first day of its subscription.
    pub(super) first_day: Day,
    pub(super) plan: usize,
    pub(super) seats: i64,
    pub(super) is_monthly: bool,
    /// Hundredths off the list price.
    pub(super) discount: i64,
    pub(super) is_trial_only: bool,
    /// What it cost to win the customer, in tenths of a month at list price.
    pub(super) acquisition: i64,
    /// What it cost to get it started, likewise.
    pub(super) getting_started: i64,
    /// What it says when it leaves, if anything.
    pub(super) parting: Parting,
    name: [u64; 2],
}

/// What is written down as the reason when a customer leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Parting {
    #[default]
    Nothing,
    Price,
    Cause,
}

impl Profile {
    pub(super) fn of(recipe: &Recipe, number: u32) -> Self {
        let dice = &mut recipe.dice(number, Subject::Profile);
        let position = dice.weighted(SEGMENTS.iter().map(|segment| segment.weight));
        let segment = SEGMENTS.get(position).copied().unwrap_or(SMALL);
        let industry = named(dice, &INDUSTRIES);
        let channel = named(dice, &CHANNELS);
        let [least, most] = segment.employees;
        // Small companies are more frequent than large ones: the smaller of two draws.
        let employees = dice.between(least, most).min(dice.between(least, most));
        let misfits = if industry == MISFITS { 550 } else { 40 };
        let (misfit, planted) = (dice.happens(misfits), dice.happens(900));
        let is_planted =
            planted && !misfit && channel == RESELLERS && recipe.fault == Some(PlantedFault::RightCustomer);
        let is_misfit = misfit || is_planted;
        let fit = if is_misfit { dice.between(8, 45) } else { dice.between(48, 98) };
        let plan = dice.one(&segment.plans);
        let [fewest, most] = segment.seats;
        let share = dice.between(fewest, most);
        let is_monthly = dice.happens(segment.monthly);
        let discount = if is_monthly { 0 } else { dice.between(0, 4) * 5 };
        Self {
            number,
            segment,
            industry,
            region: named(dice, &REGIONS),
            channel,
            seller: dice.one(&SELLERS),
            owner: dice.one(segment.owners),
            employees,
            is_misfit,
            is_planted,
            fit,
            first_day: recipe.arrival(dice),
            plan,
            seats: (employees * share / 100).max(3),
            is_monthly,
            discount,
            is_trial_only: dice.happens(30),
            acquisition: dice.between(80, 200) + if channel == "outbound" { 40 } else { 0 },
            getting_started: dice.between(5, 25),
            name: [dice.below(1 << 32), dice.below(1 << 32)],
            parting: match dice.below(10) {
                0 => Parting::Nothing,
                1..4 => Parting::Price,
                _ => Parting::Cause,
            },
        }
    }

    pub(super) fn id(&self) -> String {
        id(self.number)
    }

    /// A name that could be a company's; two customers can have the same.
    pub(super) fn name(&self) -> String {
        let word = |words: &[&'static str], drawn: u64| {
            words.get((drawn % words.len().max(1) as u64) as usize).copied().unwrap_or_default()
        };
        let [first, second] = self.name;
        match self.region {
            "japan" => format!("株式会社{}{}", word(&JAPANESE_NAMES, first), word(&JAPANESE_TRADES, second)),
            _ => format!("{} {}", word(&FIRST_WORDS, first), word(&SECOND_WORDS, second)),
        }
    }

    /// The company that it belongs to: one of the large ones before it.
    pub(super) fn parent(&self, recipe: &Recipe) -> Option<u32> {
        let dice = &mut recipe.dice(self.number, Subject::Family);
        let is_child = self.segment == MIDDLE && dice.happens(120);
        let large = |other| (Self::of(recipe, other).segment == LARGE).then_some(other);
        if is_child { self.earlier(dice, large) } else { None }
    }

    /// What is found at one of the customers with a lower number, if there is one of a few that are looked at.
    pub(super) fn earlier<T>(&self, dice: &mut Dice, find: impl Fn(u32) -> Option<T>) -> Option<T> {
        if self.number == 0 {
            return None;
        }
        (0..12).find_map(|_| find(dice.below(self.number.into()) as u32))
    }
}

/// What a customer of a number is called.
pub(super) fn id(number: u32) -> String {
    format!("cus-{number:07}")
}

fn named(dice: &mut Dice, all: &[(&'static str, u64)]) -> &'static str {
    let position = dice.weighted(all.iter().map(|&(_, weight)| weight));
    all.get(position).map_or("", |&(name, _)| name)
}

/// How many seats of a hundred rest at the height of summer and at the turn of the year.
pub(super) fn quiet(day: Day) -> i64 {
    match day.date().month() {
        8 => 7,
        12 => 5,
        _ => 0,
    }
}
