//! Names of principles, questions, verdicts and the parts of a review.

use super::said;
use crate::portfolio::StakeholderRole;
use crate::principles::{Check, Edition, FindingScope, MissingReason, Principle, ScoreValidation, Severity, Verdict};
use crate::review::findings::FindingState;
use crate::review::resolved::ResolvedBy;

/// A part of a review, or the head of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::review) enum Label {
    Title,
    Verdicts,
    Segments,
    DoNotSell,
    Findings,
    Finding,
    Plays,
    Missing,
    Resolved,
    Opportunities,
    LeftOut,
    EveryPrinciple,
    Reason,
    Until,
    Basis,
    Principle,
    Verdict,
    FailingShare,
    Coverage,
    AtStake,
    Question,
    Asked,
    Found,
    FoundMrr,
    MissingEvidence,
    Subject,
    Severity,
    Evidence,
    Mrr,
    Since,
    Play,
    State,
    Group,
    Customers,
    EarlyChurn,
    OfRest,
    Excess,
    Interval,
    QValue,
    Accused,
    Effect,
    Success,
    Definitions,
    Settings,
    Version,
    WholeCompany,
    NoValue,
    Yes,
}

said! {
    Principle {
        RightCustomer: "Sell to the right customer", "正しい顧客に販売しよう";
        NaturalDrift: "Left alone, customers and vendors drift apart", "顧客とベンダーは何もしなければ離れる";
        WildlySuccessful: "Customers expect to become wildly successful", "顧客が期待しているのは大成功だ";
        MonitorHealth: "Monitor and manage customer health all the time", "絶えずカスタマーヘルスを把握・管理する";
        TimeToValue: "Improve time to value", "タイムトゥバリューの向上にとことん取り組もう";
    }
    Check {
        PrincipleFails: "Does the principle fail?", "原則は不合格か";
        PoorFit: "Does the customer fit the product?", "顧客はプロダクトに合っているか";
        UnfitSales: "Do those who are sold to now fit?", "現在販売している顧客は合っているか";
        EarlyChurn: "Does a segment, channel or seller lose customers early?", "早期解約の多いセグメント・チャネル・営業担当者はあるか";
        Payback: "Do customers stay until they have paid for themselves?", "顧客は費用を回収できるまで続くか";
        Silence: "When did both sides last speak?", "双方が最後に話したのはいつか";
        FallingUse: "Is the product used less than before?", "プロダクトの利用は減っているか";
        PersonGone: "Is the sponsor or the champion gone?", "スポンサーや推進者が去っていないか";
        SingleThreaded: "Does the relation hang on too few people?", "関係が少数の人に頼っていないか";
        UnreadMail: "Does the customer read what it is sent?", "送った情報は読まれているか";
        UnseenDrift: "Does the score see the drift?", "スコアは離反の兆しを捉えているか";
        UndefinedSuccess: "Is success agreed with the customer?", "成功は顧客と合意されているか";
        OffPath: "Is the customer getting there?", "顧客は成果に向かっているか";
        PoorExperience: "How does it feel to be on the way?", "途中の体験はどうか";
        PleasantButUnmet: "Content, and without the outcome?", "満足していても成果が出ていない顧客はいるか";
        Achieved: "Who has what it wanted?", "望みを達成した顧客は誰か";
        Unmonitored: "Is there evidence enough for a score?", "スコアに足りる証拠はあるか";
        StaleEvidence: "Is the evidence recent?", "証拠は新しいか";
        RedWithoutAction: "Does somebody act on a red score?", "赤いスコアに誰かが対応しているか";
        RedIgnored: "Has nobody acted on a red score for long?", "赤いスコアが放置されていないか";
        UnvalidatedScore: "Was the score held against what customers did?", "スコアは実際の行動で検証されたか";
        Stuck: "Who still waits for value?", "まだ価値を待っている顧客は誰か";
        LateValue: "Who waited too long?", "価値の実現が遅すぎた顧客は誰か";
        PromiseMissed: "Did value come when it was promised?", "価値は約束の日に実現したか";
        SlowerCohorts: "Do new customers wait longer than those before?", "新しい顧客は以前より長く待っているか";
    }
    Verdict {
        Pass: "Pass", "合格";
        Attention: "Attention", "要注意";
        Fail: "Fail", "不合格";
        NotAssessable: "Not assessable", "評価不能";
    }
    FindingScope {
        Company: "Company", "全社";
        Segment: "Segment", "セグメント";
        Customer: "Customer", "顧客";
    }
    Severity {
        High: "High", "高";
        Medium: "Medium", "中";
        Low: "Low", "低";
        Opportunity: "Opportunity", "機会";
    }
    FindingState {
        New: "New", "新規";
        Persisting: "Persisting", "継続";
        Snoozed: "Snoozed", "保留中";
    }
    ResolvedBy {
        NoLongerFound: "No longer found", "該当しなくなった";
        Churned: "The customer left", "解約";
        LeftOut: "Left out by the settings", "設定により対象外";
        NotAsked: "Not asked about any more", "問いの対象から外れた";
        NotAssessed: "Cannot be told any more", "評価できなくなった";
    }
    MissingReason {
        NotKnown: "not known", "不明";
        TooFewCustomers: "too few customers", "顧客数が不足";
        WatchedTooBriefly: "watched too briefly", "観察期間が不足";
    }
    ScoreValidation {
        NotShown: "not shown to be better", "優位性は示されず";
        Never: "never", "未実施";
    }
    StakeholderRole {
        ExecutiveSponsor: "executive sponsor", "エグゼクティブスポンサー";
        Champion: "champion", "推進者";
        Admin: "administrator", "管理者";
        User: "user", "利用者";
    }
    Edition {
        Of2016: "those principles of 2016 that have a rule", "2016年版のうちルールのある原則";
        Of2021: "those principles of 2021 that are known and have a rule", "2021年版のうち判明しルールのある原則";
        Both: "those principles of 2016 and 2021 that have a rule", "2016年版・2021年版のうちルールのある原則";
    }
    Label {
        Title: "Customer success review", "カスタマーサクセス・レビュー";
        Verdicts: "Verdicts", "判定";
        Segments: "Segments, channels and sellers", "セグメント・チャネル・営業担当者";
        DoNotSell: "Do-not-sell profile", "販売を控えるべき顧客像";
        Findings: "Findings", "所見";
        Finding: "Finding", "所見";
        Plays: "What to do", "取り組むこと";
        Missing: "What could not be assessed", "評価できなかったこと";
        Resolved: "What became of earlier findings", "以前の所見のその後";
        Opportunities: "What could be won", "得られる機会";
        LeftOut: "Who is left out", "対象外の顧客";
        EveryPrinciple: "every principle", "すべての原則";
        Reason: "Why", "理由";
        Until: "Until", "期限";
        Basis: "Definitions and settings", "定義と設定";
        Principle: "Principle", "原則";
        Verdict: "Verdict", "判定";
        FailingShare: "Fails", "問題の割合";
        Coverage: "With evidence", "証拠のある割合";
        AtStake: "MRR at stake", "リスクのあるMRR";
        Question: "Question", "問い";
        Asked: "Asked of", "対象";
        Found: "Found", "該当";
        FoundMrr: "Their MRR", "該当のMRR";
        MissingEvidence: "Missing evidence", "不足している証拠";
        Subject: "Whom", "対象";
        Severity: "Severity", "重要度";
        Evidence: "Evidence", "証拠";
        Mrr: "MRR", "MRR";
        Since: "Since", "発生日";
        Play: "Play", "プレイ";
        State: "State", "状態";
        Group: "Group", "グループ";
        Customers: "Customers", "顧客数";
        EarlyChurn: "Leaves early", "早期解約率";
        OfRest: "Of all others", "その他";
        Excess: "Difference", "差";
        Interval: "95% interval", "95%区間";
        QValue: "q", "q値";
        Accused: "Stands out", "突出";
        Effect: "Expected effect", "期待される効果";
        Success: "How one sees that it worked", "効果の確認方法";
        Definitions: "Definitions", "定義";
        Settings: "Settings", "設定";
        Version: "Version", "バージョン";
        WholeCompany: "The whole company", "全社";
        NoValue: "(none)", "（なし）";
        Yes: "yes", "はい";
    }
}
