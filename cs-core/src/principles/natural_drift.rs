//! Left alone, customers and vendors drift apart.

use super::account::{Account, Accounts};
use super::answer::{Answer, Claim, Needed, Told};
use super::assessment::Assessment;
use super::check::Check;
use super::contacts::Contacts;
use super::customers::Sum;
use super::finding::{Evidence, ReviewMeasure};
use super::panel::Panel;
use super::people::People;
use super::principle::Principle;
use super::rule::Rule;
use super::signals::{Measured, Signals};
use super::thresholds::{is_below, share, thresholds};
use super::verdict::Part;
use crate::error::Error;
use crate::health::Standings;
use crate::period::Day;
use crate::portfolio::{ReservedSignal, StakeholderRole};
use crate::query::ONE;

thresholds! {
    /// The last values of drift that are acceptable.
    NaturalDriftThresholds {
        /// So many times the days from one contact to the next of its tier a customer may be silent.
        max_cadences: Whole(1, 100) = 3,
        /// So many days a customer may be silent, whatever its tier.
        min_silent_days: Whole(0, 3_660) = 90,
        /// Use is the mean of the signal over so many days.
        use_days: Whole(1, 366) = 30,
        /// It is compared with the mean over as many days that end so many days before.
        use_lag_days: Whole(1, 3_660) = 90,
        /// The largest fall of use that is acceptable, as a share of what it was.
        max_fall: Upto(1) = 300_000,
        /// The most days for which nobody is executive sponsor, or champion, where somebody was.
        max_vacant_days: Whole(0, 3_660) = 90,
        /// The fewest people of a customer who are there.
        min_people: Whole(1, 1_000) = 2,
        /// Emails of so many last days are looked at.
        mail_days: Whole(1, 3_660) = 90,
        /// Emails are judged only where at least so many were sent in these days.
        min_mails: Whole(1, 1_000_000) = 5,
        /// The smallest share of sent emails that is opened.
        min_opened: Upto(1) = 50_000,
        /// A score that lost so many points has fallen.
        score_fall: Whole(1, 100) = 10,
        /// The score is compared with that of so many days before.
        score_days: Whole(1, 3_660) = 30,
        /// The largest share of the drifting MRR whose score has not fallen.
        max_unseen: Upto(1) = 500_000,
    }
}

pub(crate) struct NaturalDrift;

/// What tells of use, the first that is known of a customer.
const USE: [ReservedSignal; 2] = [ReservedSignal::ActiveUsers, ReservedSignal::Logins];

/// Who holds the relation.
const HOLDERS: [StakeholderRole; 2] = [StakeholderRole::ExecutiveSponsor, StakeholderRole::Champion];

const STAKEHOLDERS: Needed = Needed::table("stakeholders");

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

    fn assess<'a>(at: &NaturalDriftThresholds, panel: &Panel<'a>) -> Result<Assessment<'a>, Error> {
        let Accounts { context, day, .. } = *panel.shared;
        let (engagements, stakeholders) = (Contacts::table(context)?, People::table(context)?);
        let signals = Signals::of(context)?;
        let drift = Drift {
            at,
            day,
            contacts: Contacts::of(&engagements, day),
            people: People::of(stakeholders.as_deref(), day),
            used: USE.map(|signal| signals.named(signal, day)),
            sent: signals.named(ReservedSignal::EmailsSent, day),
            opened: signals.named(ReservedSignal::EmailsOpened, day),
            earlier: panel.shared.earlier(day.days_before(at.score_days))?,
        };
        let mut assessment = Assessment::of(panel);
        let [uses, mails] = ["active_users", "emails_opened"].map(|signal| Needed::column("signals", signal));
        assessment.ask(Check::Silence, Needed::table("engagements"), |account| drift.silence(account))?;
        assessment.ask(Check::FallingUse, uses, |account| drift.falling_use(account))?;
        assessment.ask(Check::PersonGone, STAKEHOLDERS, |account| drift.person_gone(account))?;
        assessment.ask(Check::SingleThreaded, STAKEHOLDERS, |account| drift.single_threaded(account))?;
        assessment.ask(Check::UnreadMail, mails, |account| drift.unread_mail(account))?;
        let drifts = [Check::Silence, Check::FallingUse];
        let unseen = match assessment.is_any_known(&drifts) {
            true => drift.unseen(&assessment.found(&drifts), panel),
            false => Told::lacks(panel.sum(), Needed::table("engagements")),
        };
        assessment.tell(Check::UnseenDrift, unseen)?;
        Ok(assessment)
    }
}

impl Drift<'_> {
    /// Days since both sides spoke, against the cadence of the customer's tier.
    fn silence(&self, account: &Account) -> Answer {
        if !self.contacts.are_kept {
            return Answer::Unknown;
        }
        // Who is silent from the start has been so since it came, or came back.
        let start = account.stay.since;
        let last = self.contacts.last(account.customer, account.cared.tier).filter(|&last| last >= start);
        let from = last.unwrap_or(start);
        let most = (self.at.max_cadences * account.cared.contact_days).max(self.at.min_silent_days);
        let days = self.day.days_after(from);
        Answer::finds_if(days > most.into(), from.days_later(most).next(), || {
            let evidence = [
                Some(Evidence::at_most(ReviewMeasure::DaysSilent, days as f64, most.into())),
                last.map(|last| Evidence::day(ReviewMeasure::LastContact, last)),
            ];
            evidence.into_iter().flatten().chain(self.score(account)).collect::<Vec<_>>()
        })
    }

    /// Use of the last days against that of as many days before.
    fn falling_use(&self, account: &Account) -> Answer {
        let Some(kept) = self.used.iter().find_map(|used| self.kept(used, account)) else { return Answer::Unknown };
        let least = share(ONE - self.at.max_fall);
        Answer::finds_if(is_below(kept, least), None, || {
            let fall = Evidence::at_least(ReviewMeasure::UseKept, kept, least);
            std::iter::once(fall).chain(self.score(account)).collect::<Vec<_>>()
        })
    }

    fn kept(&self, used: &Measured<'_>, account: &Account) -> Option<f64> {
        let NaturalDriftThresholds { use_days, use_lag_days, .. } = *self.at;
        let days = |last: Day| [last.days_before(use_days), last];
        let (now, then) = (days(self.day), days(self.day.days_before(use_lag_days)));
        // A time before the customer came, or came back, tells nothing.
        let [before, _] = then;
        if before < account.stay.since.previous() {
            return None;
        }
        let [now, then] = [now, then].map(|days| used.mean(account.customer, days));
        then.filter(|&then| then > 0.0).zip(now).map(|(then, now)| now / then)
    }

    /// Whether nobody is sponsor, or champion, where somebody was.
    fn person_gone(&self, account: &Account) -> Answer {
        if !self.people.are_known(account.customer) {
            return Answer::Unknown;
        }
        let vacant = HOLDERS.map(|role| self.people.vacant_since(account.customer, role).map(|since| (role, since)));
        let Some((role, since)) = vacant.into_iter().flatten().min_by_key(|(_, since)| *since) else {
            return Answer::Passes;
        };
        let (days, most) = (self.day.days_after(since), self.at.max_vacant_days);
        Answer::finds_if(days > most.into(), since.days_later(most).next(), || {
            [
                Evidence::word(ReviewMeasure::Role, role.name()),
                Evidence::at_most(ReviewMeasure::DaysVacant, days as f64, most.into()),
            ]
        })
    }

    fn single_threaded(&self, account: &Account) -> Answer {
        if !self.people.are_known(account.customer) {
            return Answer::Unknown;
        }
        let (people, least) = (self.people.there(account.customer), self.at.min_people);
        let evidence = || [Evidence::at_least(ReviewMeasure::People, people as f64, least.into())];
        Answer::finds_if(people < least as usize, None, evidence)
    }

    /// Whether the customer opens what it is sent, such as news of releases.
    fn unread_mail(&self, account: &Account) -> Answer {
        let days = [self.day.days_before(self.at.mail_days), self.day];
        let Some(sent) = self.sent.sum(account.customer, days) else { return Answer::Unknown };
        if sent < self.at.min_mails.into() {
            return Answer::NotAsked;
        }
        let Some(opened) = self.opened.sum(account.customer, days) else { return Answer::Unknown };
        let (opened, least) = (opened / sent, share(self.at.min_opened));
        Answer::finds_if(is_below(opened, least), None, || {
            [Evidence::at_least(ReviewMeasure::OpenedShare, opened, least)]
        })
    }

    /// What the score says, and by how much it has changed.
    fn score(&self, account: &Account) -> impl Iterator<Item = Evidence> {
        let told = [(ReviewMeasure::Score, account.health.score), (ReviewMeasure::ScoreChange, self.change(account))];
        told.into_iter().filter_map(|(measure, number)| Some(Evidence::number(measure, number?)))
    }

    /// By how much the score of a customer has changed that had one.
    fn change(&self, account: &Account) -> Option<f64> {
        let earlier = self.earlier.get(account.customer).and_then(|earlier| earlier.score);
        account.health.score.zip(earlier).map(|(score, earlier)| score - earlier)
    }

    /// Whether the score has told of the drift of a customer: it has fallen, or is in the worst band.
    fn is_seen(&self, account: &Account) -> Option<bool> {
        let least = -f64::from(self.at.score_fall);
        // A fall of so many points is one: a difference of floats is as near as millionths.
        let fallen = self.change(account).map(|change| !is_below(least, change));
        if account.health.is_worst() { Some(true) } else { fallen }
    }

    /// Whether drift begins before the score falls: of how much of the drifting MRR the score has not.
    fn unseen<'a>(&self, drifting: &[&'a Account], panel: &Panel<'a>) -> Told<'a> {
        let asked = Sum::of(drifting.iter().copied());
        let scored = drifting.iter().filter_map(|&account| Some((account, self.is_seen(account)?)));
        let (seen, unseen): (Vec<_>, Vec<_>) = scored.partition(|(_, is_seen)| *is_seen);
        let [seen, unseen] =
            [seen, unseen].map(|some| some.into_iter().map(|(account, _)| account).collect::<Vec<_>>());
        let assessed = Sum::of(seen.iter().chain(&unseen).copied());
        let part = Part { part: Sum::of(unseen.iter().copied()).mrr, whole: assessed.mrr };
        let is_found = panel.are_enough(assessed, asked) && part.compared(self.at.max_unseen).is_gt();
        let evidence = [part.ratio().value().map(|share_unseen| {
            Evidence::at_most(ReviewMeasure::UnseenShare, share_unseen, share(self.at.max_unseen))
        })];
        let claims = if is_found { vec![Claim::of_company(unseen, evidence)] } else { Vec::new() };
        Told { asked, assessed, needed: Needed::table("signals"), claims }
    }
}
