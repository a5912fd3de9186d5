//! Left alone, customers and vendors drift apart.

use super::account::{Account, Accounts};
use super::check::{Check, Severity};
use super::contacts::Contacts;
use super::finding::{Evidence, ReviewMeasure, Subject};
use super::people::People;
use super::principle::Principle;
use super::rule::{Assessment, Claim, Needed, Outcome, Panel, Rule, Sum, Told, compared};
use super::signals::{Measured, Signals};
use super::thresholds::{share, thresholds};
use crate::error::Error;
use crate::float::nearest_even;
use crate::health::Standings;
use crate::period::Day;
use crate::portfolio::{ReservedSignal, StakeholderRole};
use crate::query::ONE;
use crate::ratio::Ratio;

thresholds! {
    /// The last values of drift that are acceptable.
    NaturalDriftThresholds {
        /// So many of the tier's contacts may be missed.
        max_cadences: Whole(1, 100) = 3,
        /// Nobody is silent before so many days.
        min_silent_days: Whole(0, 3_660) = 90,
        /// Use is the mean of so many days.
        use_days: Whole(1, 366) = 30,
        /// It is compared with as many days that lie so many days back.
        use_lag_days: Whole(1, 3_660) = 90,
        /// By this share of itself it may fall.
        max_fall: Upto(1) = 300_000,
        /// For so many days nobody need be sponsor or champion.
        max_vacant_days: Whole(0, 3_660) = 90,
        /// So many people of the customer are known.
        min_people: Whole(1, 1_000) = 2,
        /// Mail of so many days is looked at.
        mail_days: Whole(1, 3_660) = 90,
        /// If so much was sent.
        min_mails: Whole(1, 1_000_000) = 5,
        /// This share of it is opened.
        min_opened: Upto(1) = 50_000,
        /// A score has fallen that lost so many points.
        score_fall: Whole(1, 100) = 10,
        /// Since so many days ago.
        score_days: Whole(1, 3_660) = 30,
        /// Of the drifting MRR this share may have a score that has not fallen.
        max_unseen: Upto(1) = 500_000,
    }
}

pub(crate) struct NaturalDrift;

/// What tells of use, the first that is known of a customer.
const USE: [ReservedSignal; 2] = [ReservedSignal::ActiveUsers, ReservedSignal::Logins];

/// Who holds the relation.
const HOLDERS: [StakeholderRole; 2] = [StakeholderRole::ExecutiveSponsor, StakeholderRole::Champion];

/// What drift is seen by.
struct Drift<'a> {
    at: &'a NaturalDriftThresholds,
    day: Day,
    contacts: Contacts<'a>,
    people: People<'a>,
    used: [Measured<'a>; 2],
    sent: Measured<'a>,
    opened: Measured<'a>,
    earlier: Standings,
}

impl Rule for NaturalDrift {
    const PRINCIPLE: Principle = Principle::NaturalDrift;

    type Thresholds = NaturalDriftThresholds;

    fn assess<'a>(at: &NaturalDriftThresholds, panel: Panel<'a>) -> Result<Assessment<'a>, Error> {
        let Accounts { context, basis, day, .. } = panel.shared;
        let (engagements, stakeholders) = (Contacts::table(context)?, People::table(context)?);
        let signals = Signals::of(context)?;
        let drift = Drift {
            at,
            day: *day,
            contacts: Contacts::of(&engagements, *day),
            people: People::of(stakeholders.as_deref(), *day),
            used: USE.map(|signal| signals.named(signal, *day)),
            sent: signals.named(ReservedSignal::EmailsSent, *day),
            opened: signals.named(ReservedSignal::EmailsOpened, *day),
            earlier: Standings::earlier(context, day.days_before(at.score_days), &basis.scorecard()?)?,
        };
        let unseen = drift.unseen(&panel.accounts);
        let mut assessment = Assessment::of(panel);
        assessment.ask(Check::Silence, Needed::table("engagements"), |account| drift.silence(account))?;
        let uses = Needed::column("signals", "active_users");
        assessment.ask(Check::FallingUse, uses, |account| drift.falling_use(account))?;
        assessment.ask(Check::PersonGone, Needed::table("stakeholders"), |account| drift.person_gone(account))?;
        assessment
            .ask(Check::SingleThreaded, Needed::table("stakeholders"), |account| drift.single_threaded(account))?;
        let mails = Needed::column("signals", "emails_opened");
        assessment.ask(Check::UnreadMail, mails, |account| drift.unread_mail(account))?;
        assessment.tell(Check::UnseenDrift, unseen);
        Ok(assessment)
    }
}

impl Drift<'_> {
    /// Days since the last contact in which both sides spoke, against the cadence of the customer's tier.
    fn silence(&self, account: &Account) -> Outcome {
        if !self.contacts.are_kept() {
            return Outcome::Unknown;
        }
        let last = self.contacts.last(account.customer, account.cared.tier);
        // Who is silent from the start has been so since it came, or came back.
        let from = last.map_or(account.stay.since, |last| last.max(account.stay.since));
        let most = (self.at.max_cadences * account.cared.contact_days).max(self.at.min_silent_days);
        let days = self.day.days_after(from);
        let evidence = [
            Some(Evidence::held(ReviewMeasure::DaysSinceContact, days as f64, most.into())),
            last.map(|last| Evidence::day(ReviewMeasure::LastContact, last)),
        ];
        let evidence = evidence.into_iter().flatten().chain(self.score(account));
        Outcome::finds_if(days > most.into(), from.days_later(most).next(), evidence.collect::<Vec<_>>())
    }

    /// Use of the last days against that of as many days before.
    fn falling_use(&self, account: &Account) -> Outcome {
        let Some(kept) = self.used.iter().find_map(|used| self.kept(used, account)) else { return Outcome::Unknown };
        let least = share(ONE - self.at.max_fall);
        let evidence = std::iter::once(Evidence::held(ReviewMeasure::UseKept, kept, least)).chain(self.score(account));
        Outcome::finds_if(kept < least, None, evidence.collect::<Vec<_>>())
    }

    fn kept(&self, used: &Measured<'_>, account: &Account) -> Option<f64> {
        let NaturalDriftThresholds { use_days, use_lag_days, .. } = *self.at;
        let earlier = self.day.days_before(use_lag_days);
        // A time before the customer came, or came back, tells nothing.
        if earlier.days_before(use_days) < account.stay.since.previous() {
            return None;
        }
        let now = used.mean(account.customer, [self.day.days_before(use_days), self.day])?;
        let then = used.mean(account.customer, [earlier.days_before(use_days), earlier])?;
        (then > 0.0).then(|| now / then)
    }

    /// Whether nobody is sponsor, or champion, where somebody was.
    fn person_gone(&self, account: &Account) -> Outcome {
        if !self.people.are_known(account.customer) {
            return Outcome::Unknown;
        }
        let vacant = HOLDERS.map(|role| self.people.vacant_since(account.customer, role).map(|since| (role, since)));
        let Some((role, since)) = vacant.into_iter().flatten().min_by_key(|(_, since)| *since) else {
            return Outcome::Passes;
        };
        let (days, most) = (self.day.days_after(since), self.at.max_vacant_days);
        let evidence = [
            Evidence::word(ReviewMeasure::Role, role.name()),
            Evidence::held(ReviewMeasure::DaysVacant, days as f64, most.into()),
        ];
        Outcome::finds_if(days > most.into(), since.days_later(most).next(), evidence)
    }

    fn single_threaded(&self, account: &Account) -> Outcome {
        if !self.people.are_known(account.customer) {
            return Outcome::Unknown;
        }
        let (people, least) = (self.people.there(account.customer), self.at.min_people);
        let evidence = [Evidence::held(ReviewMeasure::People, people as f64, least.into())];
        Outcome::finds_if(people < least as usize, None, evidence)
    }

    /// Whether the customer opens what it is sent, such as news of releases.
    fn unread_mail(&self, account: &Account) -> Outcome {
        let days = [self.day.days_before(self.at.mail_days), self.day];
        let Some(sent) = self.sent.sum(account.customer, days) else { return Outcome::Unknown };
        if sent < self.at.min_mails.into() {
            return Outcome::NotAsked;
        }
        let Some(opened) = self.opened.sum(account.customer, days) else { return Outcome::Unknown };
        let (opened, least) = (opened / sent, share(self.at.min_opened));
        Outcome::finds_if(opened < least, None, [Evidence::held(ReviewMeasure::OpenedShare, opened, least)])
    }

    /// What the score says, and by how much it has fallen.
    fn score(&self, account: &Account) -> impl Iterator<Item = Evidence> {
        let score = account.health.score;
        let change = score.zip(self.earlier_score(account)).map(|(score, earlier)| score - earlier);
        let told = [(ReviewMeasure::Score, score), (ReviewMeasure::ScoreChange, change)];
        told.into_iter().filter_map(|(measure, number)| Some(Evidence::number(measure, number?)))
    }

    fn earlier_score(&self, account: &Account) -> Option<f64> {
        self.earlier.get(account.customer).and_then(|earlier| earlier.score)
    }

    /// Whether drift begins before the score falls: of how much of the drifting MRR the score has not.
    fn unseen(&self, accounts: &[&Account]) -> Told {
        let [silent, falling] = [Self::silence, Self::falling_use].map(|asked| {
            let outcomes: Vec<Outcome> = accounts.iter().map(|account| asked(self, account)).collect();
            outcomes
        });
        let is_known = |outcomes: &[Outcome]| outcomes.iter().any(|outcome| *outcome != Outcome::Unknown);
        if !is_known(&silent) && !is_known(&falling) {
            return Told::Lacks(Needed::table("engagements"));
        }
        let drifts = silent.iter().zip(&falling).map(|both| {
            let (silent, falling) = both;
            [silent, falling].iter().any(|outcome| matches!(outcome, Outcome::Finds(_)))
        });
        let drifting = accounts.iter().copied().zip(drifts).filter(|(_, drifts)| *drifts).map(|(account, _)| account);
        // By how much a score has fallen is known of those who had one.
        let seen = |account: &Account| {
            let fall = account.health.score.zip(self.earlier_score(account)).map(|(now, earlier)| earlier - now);
            match account.health.is_worst {
                true => Some(true),
                // Scores are exact in millionths, which a difference of floats is not.
                false => fall
                    .map(|fall| nearest_even(fall * f64::from(ONE)) >= i64::from(self.at.score_fall) * i64::from(ONE)),
            }
        };
        let scored: Vec<(&Account, bool)> =
            drifting.clone().filter_map(|account| Some((account, seen(account)?))).collect();
        if scored.is_empty() && drifting.clone().next().is_some() {
            return Told::Lacks(Needed::table("signals"));
        }
        let unseen = || scored.iter().filter(|(_, is_seen)| !is_seen).map(|(account, _)| *account);
        let (of_unseen, of_all) = (Sum::of(unseen()).mrr, Sum::of(scored.iter().map(|(account, _)| *account)).mrr);
        let Ratio::Value(of_drifting) = Ratio::of(of_unseen, of_all) else { return Told::Claims(Vec::new()) };
        if !compared(of_unseen, self.at.max_unseen, of_all).is_gt() {
            return Told::Claims(Vec::new());
        }
        Told::Claims(vec![Claim {
            subject: Subject::Company,
            at_stake: unseen().map(|account| account.customer).collect(),
            severity: Severity::Low,
            since: None,
            evidence: vec![Evidence::held(ReviewMeasure::UnseenShare, of_drifting, share(self.at.max_unseen))],
        }])
    }
}
