//! Names of what is measured.

use super::said;
use crate::principles::ReviewMeasure;

said! {
    ReviewMeasure {
        FailingShare: "share of the assessed MRR that fails", "評価できたMRRのうち問題のある割合";
        FailingCustomers: "customers that fail", "問題のある顧客数";
        AccusedGroups: "groups that stand out", "突出したグループの数";
        Fit: "fit", "適合度";
        UnfitShare: "MRR of new customers that do not fit", "合わない新規顧客のMRRの割合";
        EarlierUnfitShare: "of those before them", "それ以前の顧客での割合";
        Customers: "customers", "顧客数";
        EarlyChurn: "leave early", "早期解約率";
        EarlyChurnOfRest: "all others leave early", "その他の早期解約率";
        EarlyChurnExcess: "difference", "差";
        LeastExcess: "difference, lower end of the interval", "差の区間の下限";
        QValue: "q", "q値";
        CasesPerYear: "cases of a customer a year", "顧客あたりの年間問い合わせ件数";
        CasesPerYearOfRest: "cases of all others", "その他の年間問い合わせ件数";
        OffTargetRequests: "requests off target", "対象外の要望の割合";
        OffTargetRequestsOfRest: "such requests of all others", "その他での割合";
        UndefinedShare: "without agreed success", "成功が合意されていない割合";
        UndefinedShareOfRest: "all others without it", "その他での割合";
        PaybackMonths: "months until a customer has paid for itself", "費用回収までの月数";
        LifetimeMonths: "months that customers are expected to stay", "顧客の予想継続月数";
        DaysSilent: "days without a word from both sides", "双方が話していない日数";
        LastContact: "last contact", "最後の接触";
        UseKept: "use, of what it was", "以前と比べた利用";
        DaysVacant: "days without one", "不在の日数";
        Role: "role", "役割";
        People: "people known", "把握している関係者数";
        OpenedShare: "mail opened", "メールの開封率";
        Score: "score", "スコア";
        ScoreChange: "change of the score", "スコアの変化";
        UnseenShare: "drifting MRR whose score has not fallen", "スコアが下がっていない、離れつつあるMRRの割合";
        DaysAsCustomer: "days as a customer", "顧客になってからの日数";
        Outcome: "outcome", "成果";
        Progress: "progress", "進捗";
        TimeSpent: "time spent", "経過した時間の割合";
        DaysOverdue: "days overdue", "期限超過の日数";
        Experience: "experience", "体験の評価";
        EvidenceCoverage: "with evidence", "証拠のある割合";
        DaysSinceEvidence: "days since the newest evidence", "最新の証拠からの日数";
        DaysIgnored: "days in the worst band without an action", "対応がないまま最も悪いバンドにある日数";
        RedOn: "in the worst band today and on", "本日と同じく最も悪いバンドだった日";
        EarlierScore: "score then", "当時のスコア";
        OpenActions: "open actions", "進行中のアクション数";
        Validation: "validation", "検証";
        DaysToValue: "days to value", "価値実現までの日数";
        ShareOfTerm: "share of the first term", "最初の契約期間に占める割合";
        DaysBehindPlan: "days behind the plan", "計画からの遅れの日数";
        ValueShare: "new customers with value in time", "期間内に価値を得た新規顧客の割合";
        EarlierValueShare: "of those before them", "それ以前の顧客での割合";
        MedianDays: "days until half of them have it", "半数が価値を得るまでの日数";
        EarlierMedianDays: "days of those before them", "以前の顧客での日数";
        PValue: "p", "p値";
    }
}
